"""Retrieve: search the papers in both languages, by words and by meaning."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from langgraph.runtime import Runtime

from nodes.state import Knobs, State
from retrieval.passages import Hit


class Search(Protocol):
    """What the node asks; `retrieval.search.HybridSearch` is one."""

    def search(
        self, *, lexical: Sequence[str], semantic: Sequence[str], top: int, bm25_weight: float
    ) -> list[Hit]:
        """The best passages, best first."""

    def titles(self) -> Sequence[str]:
        """The titles of what can be searched."""


async def retrieve(state: State, runtime: Runtime[Knobs], *, search: Search) -> dict[str, Any]:
    """Find passages: BM25 reads the English queries, the vectors the Korean question as well."""
    knobs = runtime.context or Knobs()
    english = [state.english, *state.queries]
    semantic = list(dict.fromkeys([state.question, *english]))
    passages = await asyncio.to_thread(
        search.search,
        lexical=english,
        semantic=semantic,
        top=knobs.passages,
        bm25_weight=knobs.bm25_weight,
    )
    return {"passages": passages, "searches": state.searches + 1}
