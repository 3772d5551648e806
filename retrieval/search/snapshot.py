"""What one version of the library offers to searches, and the part of it that some papers are."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from language.loanwords import Loanwords
from retrieval.errors import EmptyIndex, NoVectors
from retrieval.store.contents import Version
from retrieval.store.lexical import LexicalSearch, open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors

# What is no nearer than any of these passages counts as 0: a share then means the same in a
# library of a hundred passages and of a hundred thousand.
SAMPLE, SAMPLE_SEED = 200, 1
# So many sets of papers are remembered, the latest: users with collections of their own.
REMEMBERED = 32

# The vectors hold all papers alike: so many of the nearest are fetched at most, to keep those of a part.
MOST_FETCHED = 2_000
# A part of no more passages, of which too few would be among these, is gone through as a whole. Of
# 100,000 passages both take about as long again as a search of all of them.
MOST_MEASURED = 1_000

Papers = frozenset[int]
"""The ids of documents of the ledger."""


@dataclass(frozen=True)
class Snapshot:
    """All that one version of the library offers to searches."""

    version: Version
    passages: NDArray[np.int64]
    """Their ids, in order; their texts stay on disk until they are found."""

    size: int
    """How many passages the whole library has."""

    lexical: LexicalSearch
    vectors: VectorIndex
    titles: Mapping[int, str]
    """By the ids of the documents."""

    loanwords: Loanwords
    sample: Sequence[str]
    """Ids of passages that stand for all of the library, by which the scores of any part are scaled."""

    def narrow(self, papers: Papers, passages: Sequence[int]) -> "Snapshot":
        """The part that these papers are, whose `passages` are given.

        What scores are set against stays the library's, so that they mean the same in each part.
        """
        held = np.intersect1d(self.passages, np.array(passages, dtype=np.int64))
        lexical = self.lexical.narrow(held)
        return replace(
            self,
            passages=held,
            lexical=lexical,
            titles={id: title for id, title in self.titles.items() if id in papers},
            loanwords=self.loanwords.narrow(lexical.has_words),
        )

    def keep_held(self, ids: Iterable[str]) -> list[str]:
        """Those of the ids that are of its passages; a vector may be of a document that is gone."""
        asked = np.array([int(id) for id in ids], dtype=np.int64)
        return list(map(str, asked[np.isin(asked, self.passages)].tolist()))

    def find_near(self, asked: NDArray[np.float64], count: int) -> list[str]:
        """The passages that may be nearest to a query: about so many, or all of a small part."""
        part = len(self.passages)
        fetched = count * self.size // max(part, 1)
        if fetched > MOST_FETCHED and part <= MOST_MEASURED:
            return list(map(str, self.passages.tolist()))
        near = self.vectors.find_nearest(asked.tolist(), min(fetched, MOST_FETCHED))
        return self.keep_held(id for id, _ in near)[:count]


class Snapshots:
    """The newest snapshot of a library, and of the papers last asked for those parts of it."""

    def __init__(self, library: Library, open_vectors: Callable[[], VectorIndex]) -> None:
        self._library = library
        self._open_vectors = open_vectors
        self._lock = Lock()
        self._whole: Snapshot | None = None
        self._parts: OrderedDict[Papers, Snapshot] = OrderedDict()

    def read(self, papers: Papers | None) -> Snapshot:
        """The library as of its last finished write, or a part of it; EmptyIndex where it is empty."""
        if not self._library.exists():
            raise EmptyIndex(self._library.home)
        with self._lock:
            version = self._library.read_version()
            if self._whole is None or self._whole.version != version:
                self._whole = self._load(version)
                self._parts.clear()
            return self._whole if papers is None else self._read_part(self._whole, papers)

    def _read_part(self, whole: Snapshot, papers: Papers) -> Snapshot:
        if papers not in self._parts:
            self._parts[papers] = whole.narrow(papers, self._library.list_searched_ids_of(papers))
        self._parts.move_to_end(papers)
        while len(self._parts) > REMEMBERED:
            self._parts.popitem(last=False)
        return self._parts[papers]

    def _load(self, version: Version) -> Snapshot:
        lexical = open_lexical(self._library)
        ids = sorted(map(int, lexical.list_ids()))
        if not ids:  # two processes that open Chroma's files for the first time at once can crash
            raise EmptyIndex(self._library.home)
        vectors = self._open_vectors()
        unembedded = WindowVectors(self._library).list_unembedded()
        if vectors.is_empty() and len(unembedded) < len(ids):
            raise NoVectors(self._library.home)
        return Snapshot(
            version,
            np.array(ids, dtype=np.int64),
            len(ids),
            lexical,
            vectors,
            titles=self._library.read_titles(),
            loanwords=Loanwords(lexical.words),
            sample=list(map(str, Random(SAMPLE_SEED).sample(ids, min(SAMPLE, len(ids))))),
        )
