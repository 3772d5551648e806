"""The lexical leg: BM25 over English word stems."""

import re
import unicodedata
from functools import cache

import numpy as np
import Stemmer
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

# Words of questions and of grammar: they say nothing about what a passage is about.
STOP_WORDS = frozenset(
    "a an and are as at be been but by can did do does for from had has have how in into is it "
    "its many much not of on or paper report so such than that the their them then there these "
    "they this to use used using according was were what when where which while who why will "
    "with would".split()
)


def terms(text: str) -> list[str]:
    """The stems of a text's words, lower case, without stop words."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())
    stems: list[str] = _stemmer().stemWords([word for word in words if word not in STOP_WORDS])
    return stems


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


class LexicalIndex:
    """BM25 over a fixed list of texts."""

    def __init__(self, texts: list[str]) -> None:
        analysed = [terms(text) for text in texts]
        # rank_bm25 divides by the number of texts, and by their mean length.
        self._bm25 = BM25Okapi(analysed) if any(analysed) else None
        self._size = len(texts)

    def scores(self, query: str) -> NDArray[np.float64]:
        """One score a text, in their order: higher is better, 0 shares no word."""
        if self._bm25 is None:
            return np.zeros(self._size)
        return np.asarray(self._bm25.get_scores(terms(query)), dtype=np.float64)

    def weight(self, term: str) -> float:
        """How rare a stem is (its inverse document frequency); 0 where no text holds it."""
        return float(self._bm25.idf.get(term, 0.0)) if self._bm25 else 0.0
