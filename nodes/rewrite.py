"""Rewrite: English queries that come at the question from different sides."""

from typing import Any

from nodes.profile import ModelProfile
from nodes.state import State


async def rewrite(state: State, *, profile: ModelProfile) -> dict[str, Any]:
    """Give the question its search queries; on a later round, others than those that failed."""
    question = state.question
    if not question.is_searched_for or question.told:
        return {}
    failed = [question.english, *question.queries] if state.searches else []
    return {"question": await profile.expand(question, failed=failed)}
