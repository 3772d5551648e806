"""Grade: keep the words of the passages that help to answer."""

from typing import Any

from nodes.overview import find_overview
from nodes.profile import ModelProfile
from nodes.refusal import Refusal, RefusalRule
from nodes.state import State
from retrieval.passages import Passage


async def grade(state: State, *, profile: ModelProfile) -> dict[str, Any]:
    """Pick the evidence; none sends the question to another search, or to the fallback."""
    if state.question.told:
        return {}
    if state.question.is_overview:
        return _pick_overview(state)
    if not state.question.is_searched_for:
        return {}
    before = set(state.graded)
    found = await profile.select(state.question, state.passages, graded=before)
    refusal = found if isinstance(found, Refusal) else None
    evidence = [] if isinstance(found, Refusal) else list(found)
    dropped = profile.explain_drops(state.question, state.passages, evidence, graded=before)
    graded = dict.fromkeys([*state.graded, *(hit.passage.id for hit in state.passages)])
    return {
        "evidence": evidence,
        "refusal": refusal,
        "graded": list(graded),
        "dropped": dict(dropped),
    }


def _pick_overview(state: State) -> dict[str, Any]:
    """The sentences of each paper's sections that tell what is asked of it as a whole."""
    if not state.passages:
        rule: RefusalRule = "no_such_page" if state.question.kind == "page" else "unknown_paper"
        return {"evidence": [], "refusal": Refusal(rule=rule)}
    by_paper: dict[str, list[Passage]] = {}
    for hit in state.passages:
        by_paper.setdefault(hit.passage.sha256, []).append(hit.passage)
    found = [
        find_overview(state.question.kind, passages, asked=state.question.asked)
        for passages in by_paper.values()
    ]
    return {"evidence": [piece for pieces in found for piece in pieces], "refusal": None}
