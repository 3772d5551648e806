"""Windows: pieces of a passage, each small enough to say one thing, by whose vectors it is found.

One vector of 800 tokens blurs what they say: of 64 Korean questions on eight papers the vectors
alone place the evidence in the top 5 for 47 by whole passages, for 55 by windows.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from language.sentences import find_sentences
from retrieval.errors import VectorSizeDiffers
from retrieval.passages import Passage
from retrieval.store.database import LONGEST
from retrieval.store.library import Library

# Characters; a longer sentence or row is a window of its own.
LENGTH = 250
# What the best window counts against the mean of them all, which is Chroma's vector.
BEST_WEIGHT = 2.0

Vectors = NDArray[np.float32]
"""Of the windows of one passage: a row each, of unit length."""


def cut_windows(passage: Passage) -> list[str]:
    """The passage in runs of whole sentences, each under the passage's header."""
    text = "\n".join(filter(None, [passage.context, passage.text]))
    runs: list[tuple[int, int]] = []
    for start, end in find_sentences(text):
        if runs and end - runs[-1][0] <= LENGTH:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    pieces = [text[start:end] for start, end in runs] or [""]
    return ["\n".join(filter(None, [passage.header, piece])) for piece in pieces]


def mean_direction(vectors: Vectors) -> list[float]:
    """The direction that the windows have in common, of unit length."""
    common: list[float] = _normalise_vectors(vectors.mean(axis=0)[np.newaxis])[0].tolist()
    return common


def measure_nearness(
    asked: NDArray[np.float64], vectors: Vectors, starts: Sequence[int]
) -> NDArray[np.floating]:
    """How near passages are to a query, both of unit length: -1..1 each, by their windows.

    `vectors` holds the windows of all passages, and `starts` the row at which each one's begin.
    """
    query = asked.astype(np.float32)  # else all vectors would be made longer for it
    best = np.maximum.reduceat(vectors @ query, starts)
    common = _normalise_vectors(np.add.reduceat(vectors, starts)) @ query
    near: NDArray[np.floating] = (common + BEST_WEIGHT * best) / (1 + BEST_WEIGHT)
    return near


@dataclass(frozen=True, kw_only=True)
class UnembeddedPassage:
    """A passage that the embedding model would not take."""

    source: str
    """The file of its document."""

    page: int
    reason: str
    """What the model's server said."""


class WindowVectors:
    """The windows' vectors of a library's passages, kept with them, a byte a number."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def keep_vectors(
        self,
        vectors: Mapping[str, Sequence[Sequence[float]]],
        unembedded: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the windows' vectors of passages, by their ids, and why others have none.

        VectorSizeDiffers where they are of another size than those that are kept; none is then.
        """
        packed = [(int(id), *_pack_vectors(rows)) for id, rows in vectors.items()]
        reasons = [(int(id), reason) for id, reason in (unembedded or {}).items()]
        with self._library.connect() as connection:
            _check_sizes(connection, {size for _, size, _ in packed})
            connection.executemany("INSERT OR REPLACE INTO windows VALUES (?, ?, ?)", packed)
            connection.executemany(
                "DELETE FROM unembedded WHERE passage = ?", [(id,) for id, _, _ in packed]
            )
            connection.executemany("INSERT OR REPLACE INTO unembedded VALUES (?, ?)", reasons)

    def note_longest(self, characters: int) -> None:
        """Remember that no window is embedded beyond so many characters, from now on or before."""
        known = self.read_longest()
        if known is None or characters < known:
            self._library.keep_setting(LONGEST, str(characters))

    def read_longest(self) -> int | None:
        """The length up to which every window is embedded whole; None where all are."""
        known = self._library.read_setting(LONGEST)
        return int(known) if known else None

    def read_vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The windows' vectors of passages; one that has none is left out."""
        return {id: _unpack_vectors(vectors, size) for id, size, vectors in self._read_rows(ids)}

    def measure_nearness(self, asked: NDArray[np.float64], ids: Sequence[str]) -> dict[str, float]:
        """How near passages are to a query; one that has no windows is left out."""
        rows = self._read_rows(ids)
        if not rows:
            return {}
        # All at once: one by one they take ten times as long.
        found, sizes, packed = zip(*rows, strict=True)
        starts = np.cumsum([0, *(len(one) // sizes[0] for one in packed[:-1])])
        near = measure_nearness(asked, _unpack_vectors(b"".join(packed), sizes[0]), starts.tolist())
        return dict(zip(found, near.tolist(), strict=True))

    def _read_rows(self, ids: Sequence[str]) -> list[tuple[str, int, bytes]]:
        """(id, length of a vector, its windows' vectors) of each passage that has some."""
        marks = ", ".join("?" * len(ids))
        with self._library.connect() as connection:
            rows = connection.execute(
                f"SELECT passage, size, vectors FROM windows WHERE passage IN ({marks})",
                [int(id) for id in ids],
            ).fetchall()
        return [(str(id), size, vectors) for id, size, vectors in rows]

    def list_ids(self) -> set[str]:
        """The ids of the passages that have some."""
        with self._library.connect() as connection:
            return {str(row[0]) for row in connection.execute("SELECT passage FROM windows")}

    def list_unembedded(self) -> list[UnembeddedPassage]:
        """The passages that the embedding model would not take, in order."""
        with self._library.connect() as connection:
            rows = connection.execute(
                "SELECT source, page_starts, reason FROM unembedded"
                " JOIN passages ON passages.id = unembedded.passage"
                " JOIN documents ON documents.id = passages.document"
                " WHERE state != 'removed' ORDER BY document, position"
            ).fetchall()
        return [
            UnembeddedPassage(
                source=row["source"],
                page=json.loads(row["page_starts"])[0][1],
                reason=row["reason"],
            )
            for row in rows
        ]


def _check_sizes(connection: sqlite3.Connection, sizes: Iterable[int]) -> None:
    """Raise where vectors of these sizes cannot stand beside those that are kept."""
    row = connection.execute("SELECT size FROM windows LIMIT 1").fetchone()
    for size in sizes:
        if row and row["size"] != size:
            raise VectorSizeDiffers.of_sizes(row["size"], size)


def _pack_vectors(rows: Sequence[Sequence[float]]) -> tuple[int, bytes]:
    """The length of a row, and all rows; their own lengths, always 1, are not kept."""
    vectors = np.array(rows, dtype=np.float32)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    return vectors.shape[1], np.rint(vectors / largest * 127).astype(np.int8).tobytes()


def _unpack_vectors(packed: bytes, size: int) -> Vectors:
    return _normalise_vectors(np.frombuffer(packed, dtype=np.int8).reshape(-1, size))


def _normalise_vectors(rows: NDArray[np.number]) -> Vectors:
    vectors: Vectors = rows.astype(np.float32)
    # Twice as fast as NumPy's norm, which makes a copy.
    vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, np.newaxis]
    return vectors
