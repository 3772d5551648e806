"""Questions that the library does not answer, and what shows that it does not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, Field

from evaluation.making.prompts import WRITE_UNANSWERABLE
from evaluation.making.vetting import Dropped, check_stands_alone
from evaluation.making.writers import name_subject
from language.names import remove_joints
from nodes.prompts import fence_text
from nodes.question import Question
from nodes.replies import ask_model
from nodes.strong.select import EvidenceSelector
from retrieval.passages import Hit, Passage


class AbsentQuestion(BaseModel):
    """A question in both languages."""

    question: str = Field(description="The question, in Korean.")
    question_en: str = Field(description="The same question in English.")


class AbsentWriter(Protocol):
    """Asks what no passage answers; Dropped where it finds nothing to ask, or an answer."""

    async def __call__(self, passage: Passage) -> AbsentQuestion:
        """A question about what the passage is about."""


class ModelAbsent:
    """A strong model asks; what was found is judged by it as a question's passages always are.

    Only what the search finds is read: that the rest of the library holds no answer either is
    as sure as the search is.
    """

    def __init__(
        self,
        model: BaseChatModel,
        selector: EvidenceSelector,
        found: Callable[[str, str], Sequence[Hit]],
    ) -> None:
        self._chain = WRITE_UNANSWERABLE | model.with_structured_output(AbsentQuestion)
        self._selector = selector
        self._found = found

    async def __call__(self, passage: Passage) -> AbsentQuestion:
        """A question for which the selector names no sentence of any passage found."""
        values = {"title": fence_text(passage.title), "passage": fence_text(passage.text)}
        asked = AbsentQuestion.model_validate(await ask_model(self._chain, values))
        check_stands_alone(asked.question, asked.question_en)
        hits = self._found(asked.question, asked.question_en)
        understood = Question(
            asked=asked.question, normalised=asked.question, english=asked.question_en
        )
        if await self._selector(understood, hits):
            raise Dropped("답이 없어야 하는데 있음")
        return asked


@dataclass(frozen=True)
class Attribute:
    """Something that papers may tell of what they are about."""

    words: str
    """Any of them may tell it (a regular expression, case ignored)."""

    korean: str
    english: str
    of: str = ""
    """Asked only of papers that hold one of these words."""


TRAINED = r"\btrain(?:ed|ing)\b"
TUNED = r"\blearning rate\b|\boptimizer\b"
# Their Korean is written by hand: a small model asks for what the paper does state, or for nothing.
ATTRIBUTES = (
    Attribute(
        r"\$\s?\d|\bUSD\b|\bdollars?\b",
        "{} 논문에서 실험에 든 비용은 모두 몇 달러인가요?",
        "How many dollars did the experiments of the {} paper cost in total?",
    ),
    Attribute(
        r"\bk?Wh\b|kilowatt|electric|(?:energy|power) (?:use|usage|consum)",
        "{} 논문의 실험에 쓴 전력은 몇 kWh인가요?",
        "How many kWh of electricity did the experiments of the {} paper use?",
    ),
    Attribute(
        r"CO ?[2₂]|\bcarbon\b",
        "{} 논문은 학습하면서 배출한 이산화탄소가 몇 톤이라고 하나요?",
        "How many tons of CO2 does the {} paper say that its training emitted?",
        of=TRAINED,
    ),
    Attribute(
        r"\b(?:days?|weeks?|months?|hours?)\b",
        "{} 논문에서 학습에는 모두 며칠이 걸렸나요?",
        "How many days did the training of the {} paper take in total?",
        of=TRAINED,
    ),
    Attribute(
        r"\d ?ms\b|millisecond|latency",
        "{} 논문에서 입력 하나를 처리하는 데 평균 몇 밀리초가 걸렸나요?",
        "How many milliseconds on average did processing one input take in the {} paper?",
    ),
    Attribute(
        r"\bGi?B\b|gigabyte|\bVRAM\b",
        "{} 논문의 모델을 실행하려면 메모리가 몇 GB 필요한가요?",
        "How many GB of memory does running the model of the {} paper need?",
        of=TRAINED,
    ),
    Attribute(
        r"\bwages?\b|\bpaid\b|\bhourly\b|\bper hour\b|compensat",
        "{} 논문에서 사람 평가자에게는 시급을 얼마나 주었나요?",
        "How much were the human annotators of the {} paper paid per hour?",
        of=r"\bannotators?\b|\bhuman (?:evaluat|judg|rater|annotat|assess)",
    ),
    Attribute(
        r"\bfund|\bgrants?\b|\bsupported by\b|sponsor",
        "{} 논문의 연구비는 어느 기관이 지원했나요?",
        "Which institution funded the research of the {} paper?",
    ),
    Attribute(
        r"\bpatent",
        "{} 논문의 방법으로 등록된 특허는 몇 건인가요?",
        "How many patents were granted for the method of the {} paper?",
    ),
    Attribute(
        r"\bdropout\b",
        "{} 논문에서 드롭아웃 비율은 얼마로 두었나요?",
        "What dropout rate does the {} paper use?",
        of=TUNED,
    ),
    Attribute(
        r"\bweight[- ]decay\b",
        "{} 논문에서 가중치 감쇠(weight decay)는 얼마로 두었나요?",
        "What weight decay does the {} paper use?",
        of=TUNED,
    ),
    Attribute(
        r"\bwarm-?(?:ed )?up",
        "{} 논문에서 학습률 웜업은 몇 스텝 동안 했나요?",
        "For how many steps was the learning rate warmed up in the {} paper?",
        of=TUNED,
    ),
    Attribute(
        r"\bseeds?\b",
        "{} 논문에서 난수 시드는 어떤 값을 썼나요?",
        "Which random seed does the {} paper use?",
        of=TRAINED,
    ),
)


class AttributeAbsent:
    """For a small model, which cannot tell what a paper leaves out: code asks for an attribute.

    Its words stand in no passage of the paper, and in none of another that names the paper's
    subject. What pictures show is not read, and the questions are of few kinds.
    """

    def __init__(self, passages: Sequence[Passage], random: Random) -> None:
        self._passages = passages
        self._random = random
        self._left: dict[str, list[Attribute]] = {}

    async def __call__(self, passage: Passage) -> AbsentQuestion:
        """A question for what the passage's paper leaves out, another one each time."""
        if passage.document not in self._left:
            self._left[passage.document] = self._list_absent(passage)
        if not self._left[passage.document]:
            raise Dropped("논문에 없는 것을 찾지 못함")
        attribute = self._left[passage.document].pop()
        subject = name_subject(passage)
        return AbsentQuestion(
            question=attribute.korean.format(subject),
            question_en=attribute.english.format(subject),
        )

    def _list_absent(self, passage: Passage) -> list[Attribute]:
        subject = remove_joints(name_subject(passage))
        speaking = "\n".join(
            other.text
            for other in self._passages
            if other.document == passage.document or subject in remove_joints(other.text)
        )
        absent = [
            attribute
            for attribute in ATTRIBUTES
            if re.search(attribute.of, speaking, re.IGNORECASE)
            and not re.search(attribute.words, speaking, re.IGNORECASE)
        ]
        self._random.shuffle(absent)
        return absent
