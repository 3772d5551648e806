"""Hybrid search: BM25 and vectors, each score brought to 0..1, added up by weight.

Cosines of a model all lie close together, so that a vector's score says something by its place
among the others; BM25's is set against the most that the question's words could score. Brought
to their places alike, a wrong translation's words outvote the vectors: nDCG@10 of 450 Korean
questions over 488 English passages .73 instead of .79.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from language.loanwords import Loanwords
from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import UserError
from retrieval.passages import Hit, LegScore, LibraryPaper, Passage
from retrieval.search.fusion import fuse_scores
from retrieval.search.queries import split_by_language
from retrieval.search.snapshot import Papers, Snapshot, Snapshots
from retrieval.store.contents import Version
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors

# How deep each leg looks; what lies below in one leg counts as 0 there.
LEG_DEPTH = 200
# Measured on 64 questions over eight papers: evidence in the top 5 for 63 of them by given English
# and for 62 by our own translation, alike from .4 to .6 (`munheon search --bm25-weight`).
BM25_WEIGHT = 0.5


class _PassagesReplaced(Exception):
    """Passages that were found are gone."""


class HybridSearch:
    """Searches a library; sees what another process has finished writing at its next search."""

    def __init__(
        self,
        library: Library,
        embeddings: QueryEmbeddings,
        open_vectors: Callable[[], VectorIndex],
    ) -> None:
        self._library = library
        self.embeddings = embeddings
        self._windows = WindowVectors(library)
        self._snapshots = Snapshots(library, open_vectors)
        self._papers: Papers | None = None

    def within(self, papers: Collection[int] | None) -> "HybridSearch":
        """The same search over these papers alone, by the ids of their documents; None: over all.

        Nothing that it finds, lists or knows the words of is of another paper.
        """
        narrowed = copy(self)
        narrowed._papers = None if papers is None else frozenset(papers)
        return narrowed

    def find_passages(
        self,
        *,
        lexical: Sequence[str],
        semantic: Sequence[str],
        top: int,
        bm25_weight: float = BM25_WEIGHT,
    ) -> list[Hit]:
        """The passages that both legs together place best.

        BM25 is asked the `lexical` queries, the vectors the `semantic` ones, in any language.
        """
        weights = {"bm25": bm25_weight, "vector": 1 - bm25_weight}
        while True:
            version = self._read_version()
            try:
                return self._find_in_snapshot(self.read_snapshot(), lexical, semantic, weights, top)
            except (UserError, _PassagesReplaced):
                # Where another process has changed the library meanwhile: once more, as it is now.
                if self._read_version() == version:
                    raise

    def _find_in_snapshot(
        self,
        snapshot: Snapshot,
        lexical: Sequence[str],
        semantic: Sequence[str],
        weights: Mapping[str, float],
        top: int,
    ) -> list[Hit]:
        """What one version of the library answers."""
        if not len(snapshot.passages):
            return []
        words = snapshot.lexical.find_best(
            split_by_language(lexical, snapshot.loanwords), LEG_DEPTH
        )
        legs = {"bm25": words, "vector": self._search_vectors(snapshot, semantic, words)}
        placed = fuse_scores(legs, weights)[:top]
        passages = self._library.read_passages([one.id for one in placed])
        if len(passages) < len(placed):
            raise _PassagesReplaced
        return [Hit(passage=passages[one.id], score=one.score, legs=one.legs) for one in placed]

    def list_papers(self) -> Sequence[LibraryPaper]:
        """The papers that can be searched, by name; none where there is no library."""
        papers = self._library.list_papers() if self._library.exists() else []
        return [paper for paper in papers if self._covers(paper.id)]

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        """One paper's passages, in order; none of a paper that is not searched."""
        return self._library.list_passages_of_document(paper.id) if self._covers(paper.id) else []

    def list_titles(self) -> Sequence[str]:
        """The titles of what can be searched."""
        return list(self.read_snapshot().titles.values())

    def load_loanwords(self) -> Loanwords:
        """The English words of what can be searched, by their sound."""
        return self.read_snapshot().loanwords

    def list_passages(self) -> list[Passage]:
        """All that a search may find, in the order of the documents."""
        passages = self._library.list_passages()
        if self._papers is None:
            return passages
        held = set(self.read_snapshot().keep_held(passage.id for passage in passages))
        return [passage for passage in passages if passage.id in held]

    def read_snapshot(self) -> Snapshot:
        """What is searched, as of the library's last finished write; EmptyIndex where that is empty."""
        return self._snapshots.read(self._papers)

    def _covers(self, paper: int) -> bool:
        """Whether a paper is one of those that are searched."""
        return self._papers is None or paper in self._papers

    def _read_version(self) -> Version | None:
        return self._library.read_version() if self._library.exists() else None

    def _search_vectors(
        self, snapshot: Snapshot, queries: Sequence[str], further: Iterable[str]
    ) -> dict[str, LegScore]:
        """The nearest passages to the mean of the queries, of those near as a whole and `further`."""
        mean = np.mean(self.embeddings.embed_queries(list(queries)), axis=0)
        asked = mean / np.linalg.norm(mean)
        found = {*snapshot.find_near(asked, LEG_DEPTH), *further}
        scores = self._windows.measure_nearness(asked, [*found, *(set(snapshot.sample) - found)])
        lowest = min(scores.values(), default=0.0)
        best = sorted((id for id in scores if id in found), key=lambda id: -scores[id])[:LEG_DEPTH]
        return _scale_scores({id: scores[id] for id in best}, lowest)


def _scale_scores(scores: Mapping[str, float], lowest: float) -> dict[str, LegScore]:
    """Scores with their places between the lowest and the highest; all 1 where they are equal."""
    span = max(scores.values(), default=lowest) - lowest
    return {
        id: LegScore(score, (score - lowest) / span if span else 1.0)
        for id, score in scores.items()
    }
