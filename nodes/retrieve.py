"""Retrieve: search the papers in both languages, by words and by meaning."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from langgraph.runtime import Runtime

from nodes.library_answers import PaperCatalogue
from nodes.state import RunOptions, State
from retrieval.passages import Hit


class PassageSearch(PaperCatalogue, Protocol):
    """What the nodes ask of a library; `retrieval.search.hybrid.HybridSearch` is one."""

    def find_passages(
        self, *, lexical: Sequence[str], semantic: Sequence[str], top: int, bm25_weight: float
    ) -> list[Hit]:
        """The best passages, best first."""


async def retrieve(
    state: State, runtime: Runtime[RunOptions], *, search: PassageSearch
) -> dict[str, Any]:
    """Find passages, by words and by meaning, in Korean and in English."""
    if not state.question.is_searched_for:
        return {}
    options = runtime.context or RunOptions()
    passages = await asyncio.to_thread(
        search.find_passages,
        lexical=state.question.lexical_queries,
        semantic=state.question.semantic_queries,
        top=options.passages,
        bm25_weight=options.bm25_weight,
    )
    return {"passages": passages, "searches": state.searches + 1}
