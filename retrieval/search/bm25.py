"""BM25 over a handful of texts, by the stems of their words, or other terms."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from language.terms import is_korean, list_korean_terms, stem_words
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


def score_by_words(texts: Sequence[str], *, english: str, korean: str) -> NDArray[np.float64]:
    """BM25 of each text: of those in English for the English question, of Korean ones for the Korean."""
    in_korean = np.array([is_korean(text) for text in texts])
    scores = np.zeros(len(texts))
    if not in_korean.all():
        scores = LexicalIndex(texts).score_texts(english)
    if in_korean.any():
        of_korean = LexicalIndex(texts, list_terms=list_korean_terms).score_texts(korean)
        scores = np.where(in_korean, of_korean, scores)
    return scores
