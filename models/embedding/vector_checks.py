"""Check the vectors that a server sends: which text each is of, and that it is one."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from language.catalogue import Text
from models.faults import EmbeddingFault
from retrieval.errors import VectorSizeDiffers

Row = tuple[int | None, list[float]]
"""A vector, and the place of its text as the server numbers it."""

Matrix = NDArray[np.float64]

# Two vectors are one where no number differs by more: float32 rounds at a tenth of it.
ROUNDING = 1e-6


class WrongVectors(EmbeddingFault):
    """A reply whose vectors cannot be those of the texts."""

    def __init__(self, wrong: Text) -> None:
        super().__init__("faults.wrong_vectors", wrong=wrong)


class BrokenVectors(WrongVectors):
    """A reply with vectors that have no direction: one text may be the cause."""

    def __init__(self) -> None:
        super().__init__(Text("faults.no_direction"))


class VectorChecks:
    """Checks the replies of one server, each against what it has sent before."""

    def __init__(self) -> None:
        self._first: tuple[tuple[str, ...], list[float]] | None = None

    def check_reply(self, texts: Sequence[str], rows: Sequence[Row]) -> list[list[float]]:
        """One vector of length one a text, in order.

        Raises WrongVectors where they cannot be, VectorSizeDiffers where the model seems another.
        """
        vectors = to_unit_length(_sort_rows(rows, len(texts)))
        if self._first and len(self._first[1]) != len(vectors[0]):
            raise VectorSizeDiffers.of_sizes(len(self._first[1]), len(vectors[0]))
        self._check_variety(texts, vectors)
        return vectors

    def _check_variety(self, texts: Sequence[str], vectors: Sequence[list[float]]) -> None:
        """Refuse one vector for texts of different words, of this reply and the first one."""
        distinct = dict(zip(map(_list_words, texts), vectors, strict=True))
        first = self._first or next(iter(distinct.items()))
        others = [vector for words, vector in distinct.items() if words != first[0]]
        if others and np.allclose(others, first[1], rtol=0, atol=ROUNDING):
            raise WrongVectors(Text("faults.one_vector"))
        self._first = first


def to_unit_length(vectors: Sequence[Sequence[float]]) -> list[list[float]]:
    """The vectors, each of length one: all that follows takes dot products for cosines.

    Only some models promise it. Raises WrongVectors where they are no vectors of one size.
    """
    given = _to_matrix(vectors)
    with np.errstate(all="ignore"):  # what overflows is refused
        lengths = np.linalg.norm(given, axis=1, keepdims=True)
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise BrokenVectors
    scaled: list[list[float]] = (given / lengths).tolist()
    return scaled


def _to_matrix(vectors: Sequence[Sequence[float]]) -> Matrix:
    if len({len(vector) for vector in vectors}) != 1 or not vectors[0]:
        raise WrongVectors(Text("faults.sizes"))
    try:
        matrix: Matrix = np.array(vectors, dtype=np.float64).reshape(len(vectors), len(vectors[0]))
    except (TypeError, ValueError) as error:
        raise WrongVectors(Text("faults.no_numbers")) from error
    return matrix


def _sort_rows(rows: Sequence[Row], count: int) -> list[list[float]]:
    """The vectors in the order of their texts."""
    if len(rows) != count:
        raise WrongVectors(Text("faults.counts", texts=count, vectors=len(rows)))
    by_index = dict(rows)
    if by_index.keys() != set(range(count)):
        raise WrongVectors(Text("faults.indexes"))
    return [by_index[index] for index in range(count)]


def _list_words(text: str) -> tuple[str, ...]:
    """What tells texts apart for any model: their words, in whatever order and case."""
    return tuple(sorted(re.findall(r"\w+", text.casefold())))
