"""What grading keeps of some passages, by either profile."""

from nodes.grade import grade
from nodes.profile import ModelProfile
from nodes.state import State
from retrieval.passages import Hit
from tests.samples import asking

FIRST, SECOND, THIRD = (
    "SOLAR has 48 layers.",
    "It was scaled up in depth from 32 layers.",
    "Its authors call this depth up-scaling.",
)


async def select(
    profile: ModelProfile, *hits: Hit, question: str = "솔라는 층이 몇 개?"
) -> list[str]:
    """The quotes that grading keeps; each stands in a passage that was found."""
    asked = asking(question, "How many layers?")
    state = State(messages=[], question=asked, passages=list(hits))
    update = await grade(state, profile=profile)
    assert update["graded"] == [one.passage.id for one in hits]
    for piece in update["evidence"]:
        assert piece.passage in [hit.passage for hit in hits]
        assert piece.quote == piece.quote.strip()
    return [piece.quote for piece in update["evidence"]]


async def explain(
    profile: ModelProfile, *hits: Hit, graded: tuple[str, ...] = ()
) -> dict[str, str]:
    """Why grading drops passages, by their ids."""
    asked = asking("솔라는 층이 몇 개?", "How many layers?")
    state = State(messages=[], question=asked, passages=list(hits), graded=list(graded))
    dropped: dict[str, str] = (await grade(state, profile=profile))["dropped"]
    return dropped
