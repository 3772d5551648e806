"""BM25 over a handful of texts, by the stems of their words, or other terms."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from language.terms import stem_words
from retrieval.store.postings import Postings


class LexicalIndex:
    """BM25 over a fixed list of texts."""

    def __init__(
        self, texts: Iterable[str], *, list_terms: Callable[[str], list[str]] = stem_words
    ) -> None:
        self._list_terms = list_terms
        self._postings = Postings.from_terms(map(list_terms, texts))

    def score_texts(self, query: str) -> NDArray[np.float64]:
        """One score a text, in their order: higher is better, 0 shares no word."""
        return self._postings.get_scores(self._list_terms(query))
