"""Rewrite: three English queries that come at the question from different sides."""

import re
from typing import Any

from langchain_core.language_models import BaseChatModel

from models.errors import BadReply
from nodes.prompts import REWRITE
from nodes.replies import reply_text
from nodes.state import State

QUERIES = 3
MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)](?=\s))\s*")


async def rewrite(state: State, *, model: BaseChatModel, first: bool = True) -> dict[str, Any]:
    """Add search queries; on a later round, ones that differ from those that failed.

    `first=False` spares the call before the first search: a small model's rewrites repeat
    the question, and found nothing that the question itself had not found.
    """
    if state.searches == 0 and not first:
        return {"queries": []}
    failed = [state.english, *state.queries] if state.searches else []
    told = "".join(f"\n- {query}" for query in failed)
    reply = await reply_text(
        REWRITE | model,
        {
            "question": state.english,
            "failed": f"\n\nThese found nothing, write others:{told}" if failed else "",
        },
    )
    return {"queries": parsed(reply, apart_from=failed)}


def parsed(reply: str, *, apart_from: list[str]) -> list[str]:
    """The queries in a reply, without list marks and repetitions; BadReply where there are none."""
    lines = [MARKER.sub("", line).strip(' "') for line in reply.splitlines()]
    queries = list(dict.fromkeys(line for line in lines if line and line not in apart_from))
    if not queries and not apart_from:
        raise BadReply("no queries")
    return queries[:QUERIES]
