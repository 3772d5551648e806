"""Search queries in English, written by the model."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable

from nodes.prompts import REWRITE
from nodes.question import Question
from nodes.replies import ask_for_lines

# So many search queries are made of a question, as the prompts ask for (THREE_QUERIES).
MAX_QUERIES = 3

AskForLines = Callable[
    [Runnable[dict[str, Any], BaseMessage], dict[str, Any]], Awaitable[list[str]]
]
"""Has a model write lines: as a chain, with the values that fill in its prompt."""


async def write_queries(
    question: Question,
    *,
    failed: Sequence[str],
    model: BaseChatModel,
    ask: AskForLines = ask_for_lines,
) -> Question:
    """The question with new queries; the model is told the `failed` ones, which found nothing."""
    listed = "".join(f"\n- {query}" for query in failed)
    values = {
        "question": question.english,
        "failed": f"\n\nThese found nothing, write others:{listed}" if failed else "",
    }
    written = await ask(REWRITE | model, values)
    queries = [query for query in written if query not in failed][:MAX_QUERIES]
    return replace(question, queries=queries, translations=1)
