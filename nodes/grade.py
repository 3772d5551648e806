"""Grade: keep the words of the passages that help to answer."""

from typing import Any

from nodes.profile import ModelProfile
from nodes.refusal import Refusal
from nodes.state import State


async def grade(state: State, *, profile: ModelProfile) -> dict[str, Any]:
    """Pick the evidence; none sends the question to another search, or to the fallback."""
    if not state.question.is_searched_for:
        return {}
    found = await profile.select(state.question, state.passages, graded=set(state.graded))
    graded = dict.fromkeys([*state.graded, *(hit.passage.id for hit in state.passages)])
    if isinstance(found, Refusal):
        return {"evidence": [], "refusal": found, "graded": list(graded)}
    return {"evidence": list(found), "refusal": None, "graded": list(graded)}
