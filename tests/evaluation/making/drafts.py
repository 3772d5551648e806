"""Drafts of questions, and who hands them in: writers that ask no model."""

from evaluation.making.absent import AbsentQuestion
from evaluation.making.vetting import Draft, Dropped, Key
from retrieval.passages import Passage

GOOD = Draft(
    question="SOLAR는 층이 몇 개인가요?",
    question_en="How many layers does SOLAR have?",
    quote="SOLAR has 48 layers.",
    answer="SOLAR의 층은 48개입니다.",
    keys=[Key(source="48", korean=[])],
)
OTHER = Draft(
    question="SOLAR는 어떤 모델에서 깊이를 늘렸나요?",
    question_en="Which model was SOLAR scaled up in depth from?",
    quote="It was scaled up in depth from 32 layers of Mistral.",
    answer="SOLAR는 Mistral에서 깊이를 늘렸습니다.",
    keys=[Key(source="Mistral", korean=["미스트랄"])],
)


class Writes:
    """Writes what it was given for SOLAR, in turn; nothing for other papers."""

    def __init__(self, *drafts: Draft | Exception) -> None:
        self._drafts = list(drafts)

    async def __call__(self, passage: Passage) -> Draft:
        if passage.document != "solar.pdf" or not self._drafts:
            raise Dropped("nothing")
        draft = self._drafts.pop(0)
        if isinstance(draft, Exception):
            raise draft
        return draft


class Leaves:
    """Asks for what no paper holds, numbered."""

    def __init__(self, most: int = 100) -> None:
        self._left = most

    async def __call__(self, passage: Passage) -> AbsentQuestion:
        if not self._left:
            raise Dropped("nothing left")
        self._left -= 1
        return AbsentQuestion(
            question=f"SOLAR의 {self._left}?", question_en=f"SOLAR's {self._left}?"
        )
