"""Compare papers: each side is asked for by itself, and told in a row of its own."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from langgraph.config import get_stream_writer

from nodes.answer_language import Language
from nodes.citing.draft import Draft
from nodes.profile import Answer, ReplacedSentence
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.small.sides import Side, pick_side
from retrieval.passages import Evidence

DraftAnswer = Callable[[Question, Sequence[Evidence]], Awaitable[Draft | Refusal]]
NOT_FOUND: dict[Language, str] = {
    "Korean": "이 논문에서는 찾지 못했습니다.",
    "English": "Not found in this paper.",
}


async def compare_sides(
    sides: Sequence[Side],
    question: Question,
    evidence: Sequence[Evidence],
    *,
    draft_answer: DraftAnswer,
) -> Answer | Refusal:
    """A row for each side, shown as it is done; one without evidence says so.

    Refused where no side has any, by the last side's rule.
    """
    tell = get_stream_writer()
    tell({"answer": None})
    rows: list[str] = []
    used: list[Evidence] = []
    replaced: list[ReplacedSentence] = []
    quotes = sentences = 0
    refusal = None
    for side in sides:
        drafted = await draft_answer(_ask_of_side(question, side), pick_side(side, evidence))
        told = ""
        if isinstance(drafted, Refusal):
            refusal = drafted
        elif not drafted.refuses:
            settled = drafted.stream.settle_text(used)
            quotes, sentences = quotes + settled.quotes, sentences + settled.sentences
            replaced += settled.replaced
            told = " ".join(settled.text.split())
        rows.append(f"- **{side.name}**: {told or NOT_FOUND[question.language]}")
        tell({"answer": f"{rows[-1]}\n"})
    if not used:
        return refusal or Refusal(rule="nothing_relevant")
    return Answer(
        text="\n".join(rows),
        citations=used,
        is_quoted=0 < quotes == sentences,
        replaced=replaced,
    )


def _ask_of_side(question: Question, side: Side) -> Question:
    """The same question, of one side alone."""
    return replace(question, english=f"{question.english} Answer for {side.name} alone.")
