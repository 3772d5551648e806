"""Search queries in English, written by the model."""

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from nodes.prompts import REWRITE
from nodes.question import Question
from nodes.replies import ask_for_lines

# So many search queries are made of a question, as the prompts ask for (THREE_QUERIES).
MAX_QUERIES = 3


async def write_queries(
    question: Question, *, failed: Sequence[str], model: BaseChatModel
) -> Question:
    """The question with new queries; the model is told the `failed` ones, which found nothing."""
    listed = "".join(f"\n- {query}" for query in failed)
    values = {
        "question": question.english,
        "failed": f"\n\nThese found nothing, write others:{listed}" if failed else "",
    }
    written = await ask_for_lines(REWRITE | model, values)
    queries = [query for query in written if query not in failed][:MAX_QUERIES]
    return replace(question, queries=queries, translations=1)
