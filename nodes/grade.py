"""Grade: keep the source's words that help to answer, and drop the passages that hold none."""

from typing import Any

from nodes.judges import Judge
from nodes.state import State


async def grade(state: State, *, judge: Judge) -> dict[str, Any]:
    """Pick the evidence; none sends the question to another search, or to the fallback.

    Passages that another search brings up again have been read in vain: no model reads them twice.
    """
    read = set(state.graded) if judge.one_by_one else set()
    passages = [hit for hit in state.passages if hit.passage.id not in read]
    return {
        "evidence": await judge(state.question, state.english, passages),
        "graded": [*state.graded, *(hit.passage.id for hit in passages)],
    }
