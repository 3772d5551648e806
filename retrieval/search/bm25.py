"""BM25 over a handful of texts, by the stems of their words."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from language.terms import stem_words
from retrieval.store.postings import Postings


class LexicalIndex:
    """BM25 over a fixed list of texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._postings = Postings.from_terms(stem_words(text) for text in texts)

    def score_texts(self, query: str) -> NDArray[np.float64]:
        """One score a text, in their order: higher is better, 0 shares no word."""
        return self._postings.get_scores(stem_words(query))
