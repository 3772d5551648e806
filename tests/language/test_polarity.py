"""What a Korean sentence denies or turns, against its English source."""

import pytest

from language.polarity import contradicts_source

MORE = "EXAONE 3.0 7.8B scores higher than Qwen2 7B on KMMLU."
LICENCE = "Commercial use of the EXAONE 3.0 model is expressly prohibited."
HURTS = "Label smoothing hurts perplexity, but improves accuracy and BLEU score."


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("EXAONE 3.0은 상업적으로 사용할 수 있습니다.", LICENCE),
        ("답변까지 사용했습니다.", "We use the prompts, but not the answers."),
        ("이 값이 최적임을 확인했습니다.", "We have not yet determined if this value is optimal."),
        ("SOLAR는 층이 48개가 아닙니다.", "SOLAR has 48 layers."),
        ("7조 토큰 모델보다 크게 좋아졌습니다.", "It did not improve over the 7T token model."),
        ("필터링한 웹 데이터는 쓰지 않습니다.", "It merges heavily filtered web data."),
        ("EXAONE 3.0 7.8B가 Qwen2 7B보다 더 낮습니다.", MORE),
        ("학습률을 서서히 증가시켰습니다.", "The learning rate was gradually decreased."),
        ("처리량을 크게 감소시킵니다.", "It significantly increases throughput."),
        (
            "perplexity는 향상되고 정확도도 향상됩니다.",
            "This hurts perplexity and reduces accuracy.",
        ),
    ],
)
def test_what_says_the_opposite_is_found(sentence: str, source: str):
    assert contradicts_source(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("EXAONE 3.0은 상업적으로 사용할 수 없습니다.", LICENCE),
        ("상업적 이용은 금지되어 있습니다.", LICENCE),
        ("답변은 쓰지 않고 프롬프트만 썼습니다.", "We use the prompts, but not the answers."),
        ("층은 마흔 개가 아니라 48개입니다.", "SOLAR has 48 layers."),
        ("정확도뿐만 아니라 속도도 높입니다.", "It improves accuracy and speed."),
        ("사람의 도움 없이 학습합니다.", "It learns without human help."),
        ("관련 없는 문맥에 덜 흔들립니다.", "It is less distracted by irrelevant context."),
        ("EXAONE 3.0 7.8B가 Qwen2 7B보다 높습니다.", MORE),
        ("perplexity는 나빠지지만 정확도와 BLEU는 향상됩니다.", HURTS),
        ("층은 48개입니다.", "It has 48 layers, although the base model does not."),
        ("아시아 언어는 절반만 다룹니다.", "It serves only half of the languages of Asia."),
    ],
)
def test_what_says_the_same_passes(sentence: str, source: str):
    assert not contradicts_source(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source", "opposes"),
    [
        ("EXAONE 3.0 may not be used commercially.", LICENCE, False),
        ("Commercial use of EXAONE 3.0 is allowed.", LICENCE, True),
        ("EXAONE scores lower than Qwen2 7B.", MORE, True),
        ("EXAONE scores higher than Qwen2 7B.", MORE, False),
        ("It was not trained without human help.", "It learns without human help.", False),
    ],
)
def test_answers_in_english_are_held_to_it_too(sentence: str, source: str, opposes: bool):
    assert contradicts_source(sentence, source) is opposes


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("추론이 빠르기 때문이 아닙니다.", "because it is faster and avoids a second pass."),
        ("오염을 피하기 위해서가 아닙니다.", "to avoid contamination."),
        (
            "답변은 쓰지 않고 프롬프트만 쓴 것은 아닙니다.",
            "We use the prompts, but not the answers.",
        ),
        (
            "입력과 상관없이 같은 문서를 찾는 현상이 아닙니다.",
            "It retrieves the same documents regardless of the input.",
        ),
        ("perplexity는 나빠지고 정확도와 BLEU도 저하됩니다.", HURTS),
        ("T5는 transformer 모델이 아니기 때문입니다.", "T5 is a transformer model."),
        ("심판이 계속 낮은 점수를 주었습니다.", "the judge continued to award high scores."),
        (
            "좋아지지 않았고 품질이 더 낮습니다.",
            "It did not improve, so the higher quality one was taken.",
        ),
    ],
)
def test_a_denied_reason_and_a_turn_beside_a_denial_are_found(sentence: str, source: str):
    assert contradicts_source(sentence, source)
