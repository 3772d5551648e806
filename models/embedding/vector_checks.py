"""Check the vectors that a server sends: which text each is of, and that it is one."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.faults import EmbeddingFault
from retrieval.errors import VectorSizeDiffers

Row = tuple[int | None, list[float]]
"""A vector, and the place of its text as the server numbers it."""

Matrix = NDArray[np.float64]

# Two vectors are one where no number differs by more: float32 rounds at a tenth of it.
ROUNDING = 1e-6


class WrongVectors(EmbeddingFault):
    """A reply whose vectors cannot be those of the texts."""

    def __init__(self, wrong: str, english: str) -> None:
        super().__init__(
            f"임베딩 서버가 쓸 수 없는 답을 보냈습니다: {wrong}. 다시 시도하고, 되풀이되면 서버를 고치거나 "
            f"MUNHEON_EMBEDDING_MODEL로 다른 모델을 쓰세요. (Unusable embeddings, {english}: try again; "
            "if it lasts, mend the server or use another model.)"
        )


class BrokenVectors(WrongVectors):
    """A reply with vectors that have no direction: one text may be the cause."""

    def __init__(self) -> None:
        super().__init__("0뿐이거나 수가 아닌 값(NaN)이 든 벡터가 있음", "zeros or NaN")


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
            raise WrongVectors("서로 다른 글의 벡터가 모두 같음", "one vector for all texts")
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
        raise WrongVectors("벡터의 길이가 서로 다르거나 0", "of different sizes or empty")
    try:
        matrix: Matrix = np.array(vectors, dtype=np.float64).reshape(len(vectors), len(vectors[0]))
    except (TypeError, ValueError) as error:
        raise WrongVectors("벡터가 수로 되어 있지 않음", "no numbers") from error
    return matrix


def _sort_rows(rows: Sequence[Row], count: int) -> list[list[float]]:
    """The vectors in the order of their texts."""
    if len(rows) != count:
        raise WrongVectors(
            f"글은 {count}개인데 벡터는 {len(rows)}개", f"{len(rows)} vectors for {count} texts"
        )
    by_index = dict(rows)
    if by_index.keys() != set(range(count)):
        raise WrongVectors(
            "순번(index)이 없거나 겹쳐 어느 글의 벡터인지 알 수 없음",
            "their index fields are wrong",
        )
    return [by_index[index] for index in range(count)]


def _list_words(text: str) -> tuple[str, ...]:
    """What tells texts apart for any model: their words, in whatever order and case."""
    return tuple(sorted(re.findall(r"\w+", text.casefold())))
