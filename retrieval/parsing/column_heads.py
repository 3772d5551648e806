"""The heads of a table's columns, from where the words above its body stand."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from retrieval.lines import CELL
from retrieval.parsing.pieces import Piece, Row

# Column heads: so many rows at most, of so few words a piece, so close together (in heights).
HEAD_ROWS = 24
HEAD_WORDS = 5
HEAD_GAP = 0.6


def find_column_heads(above: Sequence[Row], edges: Sequence[float]) -> tuple[int, str] | None:
    """How many rows right above a table's body hold its column heads, and these in one line.

    So many as name every column but that of the labels, column by column, and what stands
    beside these or on top of them.
    """
    if above and _is_turned(above[-1]):
        return _find_turned_heads(above, edges)
    count = 0
    named: list[tuple[int, str]] = []
    taken: list[Piece] = []
    for row in reversed(above):
        heads = [
            (bisect(edges, word.middle), word.text) for piece in row for word in _split_words(piece)
        ]
        order = [column for column, _ in heads + named]
        if order != sorted(order) or any(len(piece.text.split()) > HEAD_WORDS for piece in row):
            break
        if _covers_columns(named, edges) and not _is_right_above(row, taken):
            break
        count, named, taken = count + 1, heads + named, [*row, *taken]
    return (count, _join_by_column(named)) if _covers_columns(named, edges) else None


def _is_turned(row: Row) -> bool:
    return all(piece.turned_at is not None for piece in row)


def _find_turned_heads(above: Sequence[Row], edges: Sequence[float]) -> tuple[int, str] | None:
    """The same of heads that are set on their side: each over the column that it stands in."""
    rows = list(takewhile(_is_turned, reversed(above)))
    pieces = sorted(
        (piece for row in rows for piece in row), key=lambda piece: piece.turned_at or 0.0
    )
    named = [(bisect(edges, piece.turned_at or 0.0), piece.text) for piece in pieces]
    return (len(rows), _join_by_column(named)) if _covers_columns(named, edges) else None


def _split_words(piece: Piece) -> Iterator[Piece]:
    """The words of a piece, in its width as they are in its letters."""
    width = (piece.right - piece.left) / (len(piece.text) or 1)
    for match in re.finditer(r"\S+", piece.text):
        left, right = (piece.left + at * width for at in match.span())
        yield Piece(match[0], left, piece.top, right, piece.bottom)


def _covers_columns(named: Sequence[tuple[int, str]], edges: Sequence[float]) -> bool:
    return {column for column, _ in named} >= set(range(1, len(edges) + 1))


def _is_right_above(row: Row, taken: Sequence[Piece]) -> bool:
    """Whether a row stands beside pieces or close above them."""
    gap = min(piece.top for piece in taken) - max(piece.bottom for piece in row)
    return gap <= HEAD_GAP * row[0].height


def _join_by_column(named: Sequence[tuple[int, str]]) -> str:
    return CELL.join(
        " ".join(text for _, text in group) for _, group in groupby(named, key=lambda head: head[0])
    )
