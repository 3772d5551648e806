"""Windows: pieces of a passage, each small enough to say one thing, by whose vectors it is found.

One vector of 800 tokens blurs what they say: of 64 Korean questions on eight papers the vectors
alone place the evidence in the top 5 for 47 by whole passages, for 55 by windows.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.library import Library
from retrieval.passages import Passage
from retrieval.sentences import sentence_spans

# Characters; a longer sentence or row is a window of its own.
LENGTH = 250
# What the best window counts against the mean of them all, which is Chroma's vector.
BEST_WEIGHT = 2.0

Vectors = NDArray[np.float32]
"""Of the windows of one passage: a row each, of unit length."""


def windows(passage: Passage) -> list[str]:
    """The passage in runs of whole sentences, each under the passage's header."""
    text = "\n".join(filter(None, [passage.context, passage.text]))
    runs: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if runs and end - runs[-1][0] <= LENGTH:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    pieces = [text[start:end] for start, end in runs] or [""]
    return ["\n".join(filter(None, [passage.header, piece])) for piece in pieces]


def mean(vectors: Vectors) -> list[float]:
    """The direction that the windows have in common, of unit length."""
    common: list[float] = _of_unit_length(vectors.mean(axis=0)[np.newaxis])[0].tolist()
    return common


def nearness(asked: NDArray[np.float64], vectors: Vectors) -> float:
    """How near a passage is to a query, both of unit length: -1..1, by its windows."""
    best = float((vectors @ asked).max())
    return (float(np.dot(mean(vectors), asked)) + BEST_WEIGHT * best) / (1 + BEST_WEIGHT)


class WindowVectors:
    """The windows' vectors of a library's passages, kept with them, a byte a number."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def keep(self, vectors: Mapping[str, Sequence[Sequence[float]]]) -> None:
        """Keep the windows' vectors of passages, by their ids."""
        packed = [(int(id), *_packed(rows)) for id, rows in vectors.items()]
        with self._library.connect() as connection:
            connection.executemany("INSERT OR REPLACE INTO windows VALUES (?, ?, ?)", packed)

    def of(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The windows' vectors of passages; one that has none is left out."""
        marks = ", ".join("?" * len(ids))
        with self._library.connect() as connection:
            rows = connection.execute(
                f"SELECT passage, size, vectors FROM windows WHERE passage IN ({marks})",
                [int(id) for id in ids],
            ).fetchall()
        return {str(id): _unpacked(vectors, size) for id, size, vectors in rows}

    def ids(self) -> set[str]:
        """The ids of the passages that have some."""
        with self._library.connect() as connection:
            return {str(row[0]) for row in connection.execute("SELECT passage FROM windows")}


def _packed(rows: Sequence[Sequence[float]]) -> tuple[int, bytes]:
    """The length of a row, and all rows; their own lengths, always 1, are not kept."""
    vectors = np.array(rows, dtype=np.float32)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    return vectors.shape[1], np.rint(vectors / largest * 127).astype(np.int8).tobytes()


def _unpacked(packed: bytes, size: int) -> Vectors:
    return _of_unit_length(np.frombuffer(packed, dtype=np.int8).reshape(-1, size))


def _of_unit_length(rows: NDArray[np.number]) -> Vectors:
    vectors: Vectors = rows.astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
