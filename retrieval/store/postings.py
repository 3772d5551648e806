"""BM25 as rank_bm25 scores it, from postings: a query reads its own terms' passages alone."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Arrays = dict[str, NDArray[Any]]
# Between the terms in a file; no term holds it, while some of Kiwi's hold a space.
BETWEEN = "\0"
# What a version begins with, behind a name.
VERSION = re.compile(r"[\d_]")


class Postings(BM25Okapi):  # type: ignore[misc]  # it ships no types
    """rank_bm25's idf, floor and parameters; where each term stands lies in arrays.

    The n-th term stands in the texts `rows[starts[n]:starts[n + 1]]`, `counts` times in each.
    """

    idf: dict[str, float]

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.arrays = arrays
        names = arrays["terms"].tobytes().decode()
        self.terms = names.split(BETWEEN) if names else []
        self._joined_terms = f"{BETWEEN}{names}{BETWEEN}"
        self._starts, self._rows = arrays["starts"], arrays["rows"]
        self._counts, self._lengths = arrays["counts"], arrays["lengths"]
        self._number = {term: at for at, term in enumerate(self.terms)}
        if self.terms:  # rank_bm25 divides by the number of terms, and of texts
            super().__init__(self.terms)
            self._norms = self.k1 * (1 - self.b + self.b * self._lengths / self.avgdl)
        else:
            self.idf = {}

    def _initialize(self, corpus: Sequence[str]) -> dict[str, int]:
        """What rank_bm25 counts in a corpus, from the postings: how many texts hold each term."""
        self.corpus_size = len(self._lengths)
        self.avgdl = int(self._lengths.sum()) / self.corpus_size
        return dict(zip(corpus, np.diff(self._starts).tolist(), strict=True))

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """One score a text, in their order, equal to rank_bm25's."""
        scores = np.zeros(len(self._lengths))
        for term, times in Counter(query).items():
            if (at := self._number.get(term)) is not None:
                span = slice(self._starts[at], self._starts[at + 1])
                rows, counts = self._rows[span], self._counts[span].astype(np.float64)
                weight = times * self.idf[term] * (self.k1 + 1)
                scores[rows] += weight * counts / (counts + self._norms[rows])
        return scores

    def stands_in(self, term: str, rows: NDArray[np.bool_]) -> bool:
        """Whether some of the texts have a term, or one with a version behind it: llama2."""
        same = [self._number[term]] if term in self._number else []
        return any(
            rows[self._rows[self._starts[at] : self._starts[at + 1]]].any()
            for at in chain(same, self._find_versions(term))
        )

    def _find_versions(self, term: str) -> Iterator[int]:
        """The terms that are a term and a version: a digit or a line, and what is behind it."""
        begins = f"{BETWEEN}{term}"
        at = self._joined_terms.find(begins)
        while at >= 0:
            end = self._joined_terms.find(BETWEEN, at + 1)
            if VERSION.match(self._joined_terms, at + len(begins)):
                yield self._number[self._joined_terms[at + 1 : end]]
            at = self._joined_terms.find(begins, end)

    def highest_possible_score(self, query: Sequence[str]) -> float:
        """What a text could score that held nothing but the query; terms of no text weigh most."""
        rarest = max(self.idf.values(), default=0.0)
        weight: float = sum(self.idf.get(term, rarest) for term in query)
        return weight * float(self.k1 + 1)

    @classmethod
    def from_terms(cls, texts: Iterable[Sequence[str]]) -> Self:
        """The postings of texts, each given as its terms."""
        growing = GrowingPostings()
        for text in texts:
            growing.add_text(text)
        return cls(growing.build_arrays())

    def count_terms(self, row: int) -> int:
        """How many terms a text has."""
        return int(self._lengths[row])

    def move_texts(
        self, rows: NDArray[np.int32], places: NDArray[np.int32]
    ) -> list[NDArray[np.int32]]:
        """The (term, text, count) of some texts, each text at its new place."""
        place_of = np.full(len(self._lengths), -1, dtype=np.int32)
        place_of[rows] = places
        terms = np.repeat(np.arange(len(self.terms), dtype=np.int32), np.diff(self._starts))
        moved = place_of[self._rows]
        stays = moved >= 0
        return [terms[stays], moved[stays], self._counts[stays].astype(np.int32)]


class GrowingPostings:
    """Postings in the making, text by text; those `held` before need not be counted again."""

    def __init__(self, held: Postings | None = None) -> None:
        self._held = held
        self._number = {term: at for at, term in enumerate(held.terms if held else ())}
        self._new, self._kept, self._lengths = array("i"), array("i"), array("i")

    def add_text(self, text: Sequence[str]) -> None:
        """A text that was not held, as its terms."""
        row = len(self._lengths)
        for term, count in Counter(text).items():
            self._new.extend((self._number.setdefault(term, len(self._number)), row, count))
        self._lengths.append(len(text))

    def keep_text(self, row: int) -> None:
        """The text that had this row in the postings held."""
        assert self._held is not None
        self._kept.extend((row, len(self._lengths)))
        self._lengths.append(self._held.count_terms(row))

    def build_arrays(self) -> Arrays:
        """What `Postings` is made of."""
        columns = _split_columns(self._new, 3)
        if self._held and self._kept:
            old = self._held.move_texts(*_split_columns(self._kept, 2))
            columns = [np.concatenate(pair) for pair in zip(old, columns, strict=True)]
        terms, rows, counts = columns
        return _sort_by_term(
            list(self._number), terms, rows, counts, _split_columns(self._lengths, 1)[0]
        )


def _split_columns(values: "array[int]", width: int) -> list[NDArray[np.int32]]:
    return list(np.frombuffer(values, dtype=np.int32).reshape(-1, width).T)


def _sort_by_term(
    names: Sequence[str],
    terms: NDArray[np.int32],
    rows: NDArray[np.int32],
    counts: NDArray[np.int32],
    lengths: NDArray[np.int32],
) -> Arrays:
    """The arrays of postings, sorted by term; terms that stand nowhere are left out."""
    held = np.bincount(terms, minlength=len(names))
    order = np.argsort(terms, kind="stable")
    used = BETWEEN.join(name for name, count in zip(names, held, strict=True) if count)
    return {
        "terms": np.frombuffer(used.encode(), dtype=np.uint8),
        "starts": np.concatenate([[0], np.cumsum(held[held > 0])]).astype(np.int64),
        "rows": rows[order],
        "counts": np.minimum(counts[order], np.iinfo(np.uint16).max).astype(np.uint16),
        "lengths": lengths,
    }
