"""Retrieve: search the papers in both languages, by words and by meaning."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from langgraph.runtime import Runtime

from language.loanwords import Loanwords
from nodes.state import Knobs, State
from retrieval.passages import Hit
from retrieval.search.hybrid import lexical_queries, semantic_queries


class Search(Protocol):
    """What the node asks; `retrieval.search.hybrid.HybridSearch` is one."""

    def search(
        self, *, lexical: Sequence[str], semantic: Sequence[str], top: int, bm25_weight: float
    ) -> list[Hit]:
        """The best passages, best first."""

    def titles(self) -> Sequence[str]:
        """The titles of what can be searched."""

    def loanwords(self) -> Loanwords:
        """Its English words, by their sound."""


async def retrieve(
    state: State, runtime: Runtime[Knobs], *, search: Search, twice: bool = False
) -> dict[str, Any]:
    """Find passages, by words and by meaning, in Korean and in English.

    `twice`: what the first search asks in English are two translations of the question.
    """
    knobs = runtime.context or Knobs()
    english = [state.english, *state.queries]
    passages = await asyncio.to_thread(
        search.search,
        lexical=lexical_queries(state.question, english),
        semantic=semantic_queries(state.question, english, twice=twice and not state.searches),
        top=knobs.passages,
        bm25_weight=knobs.bm25_weight,
    )
    return {"passages": passages, "searches": state.searches + 1}
