"""Korean terms of research, and what papers in English call them.

A small model takes 정렬 (alignment) for sorting and 독성 (toxicity) for independence, and BM25
knows neither. A term counts only where the library has its English: of several, the one whose
words it has most often (내적: dot product, inner product). What means several things in one paper
(추론: inference, reasoning; weight: 가중치, 무게) stands here only with the word that tells which.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from language.sounds import english_sounds, korean_sound, likeness
from language.terms import kiwi, terms

TERMS = """
가설: hypothesis
가우시안: Gaussian
가중치 감쇠: weight decay
가지치기, 프루닝: pruning
강건성, 견고성: robustness
강체: rigid body
강화학습: reinforcement learning
개인정보: personal information, personal data, privacy
개체명 인식: named entity recognition
객체 탐지, 객체 검출: object detection
거부율: refusal rate
검색 증강 생성: retrieval-augmented generation
검색 증강: retrieval augmentation
검색기, 리트리버: retriever
검증 세트: validation set
게이팅: gating
경사 하강법: gradient descent
계속 사전학습: continued pretraining
고자원 언어: high-resource language
고정관념: stereotype
공정성: fairness
과소적합: underfitting
과적합: overfitting
관련 연구: related work
교사 강요: teacher forcing
교사 모델: teacher model
교차 검증: cross-validation
교차 언어: cross-lingual
교차 엔트로피: cross-entropy
구문 분석: parsing
군집화: clustering
궤적: trajectory
그래프 신경망: graph neural network
그룹 쿼리 어텐션: grouped-query attention
기계 독해: reading comprehension
기계 번역: machine translation
기울기 소실: vanishing gradient
기울기 클리핑: gradient clipping
기울기: gradient, slope
기준 모델: baseline model
기준선: baseline
길이 페널티: length penalty
깊이 추정: depth estimation
내적: dot product, inner product
다국어: multilingual
다운스트림: downstream
다중 작업: multi-task
단백질: protein
단어 오류율: word error rate
대조 학습: contrastive learning
대조군, 통제군: control group
데이터 병렬: data parallelism
데이터 오염: data contamination
데이터 증강: data augmentation
데이터셋: dataset
독립 변수: independent variable
독성: toxicity
독일어: German
드롭아웃: dropout
디코더: decoder
라벨링: labeling
라우팅: routing
라이선스, 라이센스: license
러시아어: Russian
레드 티밍: red teaming
레드팀: red team
레이블 스무딩, 라벨 스무딩: label smoothing
레이어, 층: layer
로짓: logit
롤플레이: role-play
말뭉치, 코퍼스: corpus
멀티 헤드 어텐션, 다중 헤드 어텐션: multi-head attention
멀티모달: multimodal
메타 학습: meta-learning
명령어 튜닝, 지시 튜닝: instruction tuning
모국어 화자: native speaker
모델 병렬: model parallelism
모델 병합: model merging
목적 함수: objective function
몬테카를로: Monte Carlo
무작위 대조: randomized controlled
무해성: harmlessness
문맥 길이: context length
문맥 창: context window
문맥, 컨택스트, 컨텍스트: context
문서 검색: document retrieval
미세조정, 파인튜닝: fine-tuning
민감도: sensitivity
반도체: semiconductor
배치 정규화: batch normalization
배치 크기, 배치 사이즈: batch size
베이지안: Bayesian
베트남어: Vietnamese
벡터: vector
벤치마크: benchmark
병렬화: parallelization, parallelism
보상 모델: reward model
부록: appendix
부분공간: subspace
분류기: classifier
분산 학습: distributed training
분쟁: dispute
붕괴: collapse
비모수: non-parametric
비지도: unsupervised
빔 서치: beam search
빔 크기: beam size
사고 사슬: chain of thought
사람 평가, 인간 평가: human evaluation
사실 검증: fact verification
사실 지식: factual knowledge
사실성: factuality
사전학습, 사전 훈련: pre-training
사후 학습, 후속 학습, 후처리 학습: post-training
상관관계: correlation
상식 추론: commonsense reasoning
생성 모델: generative model
생성기: generator
서브워드: subword
선행 연구: previous work, prior work
선형 변환: linear transformation
선호 최적화: preference optimization
선호도: preference
셀프 어텐션: self-attention
소프트맥스: softmax
손실 함수: loss function
수렴: convergence
수용 영역: receptive field
수학 추론: mathematical reasoning
순환 신경망: recurrent neural network
스케일링 법칙: scaling law
스페인어: Spanish
슬라이딩 윈도우: sliding window
승률: win rate
시계열: time series
신경망: neural network
신뢰구간: confidence interval
신뢰성: trustworthiness, reliability
심각도: severity
아랍어: Arabic
안전성: safety
양자화: quantization
어댑터: adapter
어텐션: attention
어휘: vocabulary
업스케일: upscale
업스케일링: up-scaling
에폭, 에포크: epoch
역전파: backpropagation
연산량, 계산량: computation
연합 학습: federated learning
영어: English
오류율: error rate
오염: contamination
옵티마이저: optimizer
외삽: extrapolation, extrapolate
용량: capacity
웜업: warmup
위치 인코딩: positional encoding
위치 임베딩: positional embedding
위키백과, 위키피디아: Wikipedia
유용성: helpfulness, usefulness
유의수준: significance level
유전자: gene
유해 응답: harmful response
유해성: harmfulness
은닉 차원: hidden dimension
은닉 크기: hidden size
은닉층: hidden layer
음성 인식: speech recognition
음성 합성: speech synthesis
의미 분할: semantic segmentation
의존 구문 분석: dependency parsing
이미지 분류: image classification
이상치: outlier
이중 언어: bilingual
이탈리아어: Italian
인스트럭션: instruction
인코더: encoder
일반화: generalization
일본어: Japanese
임계값: threshold
임베딩: embedding
임상 시험: clinical trial
자기 지도: self-supervised
자기 회귀: autoregressive
자연어 추론: natural language inference
자율 주행: autonomous driving
잔차 연결: residual connection
잠재 변수: latent variable
재순위화: reranking
재현율: recall
저랭크: low-rank
저자원 언어: low-resource language
적대적: adversarial
전문가 혼합: mixture of experts
전문가: expert
전이 학습: transfer learning
전처리: preprocessing
점군: point cloud
정량 평가: quantitative evaluation
정렬, 얼라인먼트: alignment, sorting
정밀도: precision
정보 검색: information retrieval
정성 평가: qualitative evaluation
정확도, 정답률: accuracy
제거 실험, 어블레이션, 절제 실험: ablation
제곱근: square root
제로샷: zero-shot
제어 토큰: control token
조기 종료: early stopping
종속 변수: dependent variable
주석자: annotator
준거법: governing law
준지도: semi-supervised
중간 체크포인트: intermediate checkpoint
중국어: Chinese
중복 제거: deduplication
중재: arbitration
증류: distillation
지도 미세조정: supervised fine-tuning
지도 학습: supervised learning
지속 학습: continual learning
지시 따르기: instruction following
지식 그래프: knowledge graph
지식 증류: knowledge distillation
지연 시간: latency
지표, 평가 지표: metric
질의응답: question answering
차원 축소: dimensionality reduction
채팅 템플릿: chat template
처리량: throughput
체크포인트: checkpoint
촉매: catalyst
추론 능력: reasoning ability
추론 비용: inference cost
추론 속도: inference speed
추론 시간: inference time
추천 시스템: recommender system
추측 디코딩: speculative decoding
층 정규화: layer normalization
코드 생성: code generation
콜드 스타트: cold start
크라우드소싱: crowdsourcing
키-값 캐시: key-value cache
탄소 발자국: carbon footprint
탄소 배출, 탄소 배출량: carbon emission
텍스트 분류: text classification
토크나이저: tokenizer
토큰: token
토큰화: tokenization
튀르키예어, 터키어: Turkish
특이도: specificity
파라미터, 매개변수: parameter
퍼플렉서티: perplexity
페널티: penalty
편향: bias
포르투갈어: Portuguese
포지션 와이즈: position-wise
표본 크기: sample size
표준편차: standard deviation
퓨샷: few-shot
프랑스어: French
프롬프트: prompt
피드포워드: feed-forward
하이퍼파라미터, 초매개변수: hyperparameter
학생 모델: student model
학습률, 러닝 레이트: learning rate
한계, 한계점: limitations
한국어: Korean
합성 데이터: synthetic data
합성곱: convolution
해상도: resolution
행렬 곱셈: matrix multiplication
향후 연구: future work
혐오 발언: hate speech
협업 필터링: collaborative filtering
혼동 행렬: confusion matrix
확산 모델: diffusion model
환각: hallucination
활성화 함수: activation function
회귀 분석: regression analysis
희소: sparse
힌디어: Hindi
"""
# Terms of so many syllables are written with spaces or without.
SPACED = 3
# How alike, 0..1, a term has to sound to its English that a reader needs no more than it.
ALIKE = 0.8


class Term(NamedTuple):
    """A Korean term where it stands in a text."""

    start: int
    end: int
    english: str


class Glossary:
    """The terms that a library's papers speak of."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Of all English words of the library, as they are written, with how often each is."""
        self._counts = counts

    @cached_property
    def _english(self) -> dict[str, str]:
        """What the library calls each term; made when the first Hangul is met."""
        stems: Counter[str] = Counter()
        for word, count in self._counts.items():
            stems.update({stem: count for stem in terms(word)})
        known = {}
        for korean, candidates in _entries().items():
            often = {one: min(stems[stem] for stem in terms(one)) for one in candidates}
            best = max(often, key=lambda one: often[one])
            if often[best]:
                known[korean] = best
        return known

    def in_text(self, text: str) -> Iterator[Term]:
        """The terms of a text that the library speaks of, in their order."""
        found = list(_pattern().finditer(text))
        # A term ends where a morpheme does: no metric (지표) is in 지표면, the surface of the earth.
        ends = {token.end for token in kiwi().tokenize(text)} if found else set[int]()
        for match in found:
            english = self._english.get(_joined(match[0]))
            if english and match.end() in ends:
                yield Term(*match.span(), english)

    def words_in(self, text: str) -> list[str]:
        """The English of all terms of a text."""
        return [term.english for term in self.in_text(text)]

    def put_into(self, text: str) -> str:
        """The text with each term in English, its particles behind it."""
        for term in reversed(list(self.in_text(text))):
            text = f"{text[: term.start]}{term.english}{text[term.end :]}"
        return text


def terms_in_korean(english: str, question: str) -> str:
    """An English text with its terms in Korean, as a question writes them.

    Others are followed by their English, but where the Korean sounds like it. Names stay: Korean
    is a language (한국어) or a people's, and only a Korean question tells which.
    """
    asked = _joined(question)

    def term(found: re.Match[str]) -> str:
        known = _korean()[found[1]]
        as_asked = next((korean for korean in known if _joined(korean) in asked), None)
        if as_asked or _sounds_like(known[0], found[1]):
            return as_asked or known[0]
        return f"{known[0]}({found[0]})"

    return _english_pattern().sub(term, english)


@cache
def _sounds_like(korean: str, english: str) -> bool:
    """Whether a term is the English word itself, in Hangul."""
    heard = korean_sound(_joined(korean))
    spoken = (sound for sound in english_sounds(english) if sound.kinds == heard.kinds)
    return any(likeness(heard, sound) >= ALIKE for sound in spoken)


@cache
def _lines() -> Sequence[tuple[list[str], list[str]]]:
    """The Korean and the English of each line."""
    halves = (line.split(": ") for line in TERMS.strip().splitlines())
    return [(korean.split(", "), english.split(", ")) for korean, english in halves]


@cache
def _entries() -> Mapping[str, list[str]]:
    """The English of each term, which is written without spaces."""
    return {_joined(one): english for korean, english in _lines() for one in korean}


@cache
def _korean() -> Mapping[str, list[str]]:
    """The Korean of each English term but names, the usual one first."""
    return {one: korean for korean, english in _lines() for one in english if one.islower()}


@cache
def _english_pattern() -> re.Pattern[str]:
    """An English term, or several of it, as words of their own; the longest that stands there."""
    longest_first = "|".join(map(re.escape, sorted(_korean(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])({longest_first})s?(?![\w-])")


@cache
def _pattern() -> re.Pattern[str]:
    """A term at the beginning of a word, the longest that stands there."""
    longest_first = sorted(_entries(), key=len, reverse=True)
    written = (r"\s?".join(term) if len(term) >= SPACED else term for term in longest_first)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(written)})")


def _joined(term: str) -> str:
    return re.sub(r"\s", "", term)
