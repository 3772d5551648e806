"""Grade: keep the source's words that help to answer, and drop the passages that hold none."""

from typing import Any

from nodes.judges import Judge
from nodes.state import State


async def grade(state: State, *, judge: Judge) -> dict[str, Any]:
    """Pick the evidence; none sends the question to another search, or to the fallback."""
    return {"evidence": await judge(state.question, state.english, state.passages)}
