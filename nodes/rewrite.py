"""Rewrite: three English queries that come at the question from different sides."""

from typing import Any

from langchain_core.language_models import BaseChatModel

from nodes.prompts import REWRITE
from nodes.replies import reply_lines
from nodes.state import QUERIES, State


async def rewrite(state: State, *, model: BaseChatModel, first: bool = True) -> dict[str, Any]:
    """Add search queries; on a later round, ones that differ from those that failed.

    Those that came with the translation are taken. `first=False` spares the call before the
    first search: a small model's rewrites repeat the question, and found nothing that the
    question itself had not found.
    """
    if state.searches == 0 and (state.queries or not first):
        return {"queries": state.queries}
    failed = [state.english, *state.queries] if state.searches else []
    told = "".join(f"\n- {query}" for query in failed)
    queries = await reply_lines(
        REWRITE | model,
        {
            "question": state.english,
            "failed": f"\n\nThese found nothing, write others:{told}" if failed else "",
        },
    )
    return {"queries": [query for query in queries if query not in failed][:QUERIES]}
