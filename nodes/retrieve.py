"""Retrieve: search the papers in both languages, by words and by meaning."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from nodes.named_papers import PaperCatalogue, find_compared_papers
from nodes.overview import find_sections
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.state import RunOptions, State
from nodes.translate import read_earlier_turns
from retrieval.passages import Hit

# So deep each side of a comparison is looked for.
COMPARED_DEPTH = 100
MAX_COMPARED = 4


class PassageSearch(PaperCatalogue, Protocol):
    """What the nodes ask of a library; `retrieval.search.hybrid.HybridSearch` is one."""

    def find_passages(
        self, *, lexical: Sequence[str], semantic: Sequence[str], top: int, bm25_weight: float
    ) -> list[Hit]:
        """The best passages, best first."""


async def retrieve(state: State, *, options: RunOptions, search: PassageSearch) -> dict[str, Any]:
    """Find passages, by words and by meaning, in Korean and in English."""
    if state.question.told:
        return {}
    if state.question.is_overview:
        passages = await asyncio.to_thread(_read_sections, state, search)
        return {"passages": passages, "searches": state.searches + 1}
    if not state.question.is_searched_for:
        return {}
    passages = await asyncio.to_thread(_search_papers, state.question, options, search)
    return {"passages": passages, "searches": state.searches + 1}


def _search_papers(question: Question, options: RunOptions, search: PassageSearch) -> list[Hit]:
    """The best passages, and of papers that a question compares the best of each."""
    find = partial(
        search.find_passages,
        lexical=question.lexical_queries,
        semantic=question.semantic_queries,
        bm25_weight=options.bm25_weight,
    )
    found = find(top=options.passages)
    named = find_compared_papers(question.names, search.list_papers())
    if not 1 < len(named) <= MAX_COMPARED:
        return found
    deep = find(top=COMPARED_DEPTH)
    share = max(options.passages // len(named), 1)
    of_each = [
        hit
        for paper in named
        for hit in [hit for hit in deep if hit.passage.document == paper.document][:share]
    ]
    by_id = {hit.passage.id: hit for hit in [*found, *of_each]}
    return sorted(by_id.values(), key=lambda hit: -hit.score)


def _read_sections(state: State, search: PassageSearch) -> list[Hit]:
    """The passages that tell of the papers meant what is asked; none of a paper not there."""
    question = state.question
    found = find_sections(question.kind, question.asked, read_earlier_turns(state.messages), search)
    return [] if isinstance(found, Refusal) else [Hit(passage=one, score=1.0) for one in found]
