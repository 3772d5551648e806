"""Rows and columns of tables, from where the pieces of a page's text stand."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby, pairwise, takewhile

from retrieval.lines import CELL
from retrieval.parsing.column_heads import HEAD_ROWS, find_column_heads
from retrieval.parsing.pieces import Piece, Row

# A gap wider than this many letter heights separates the cells of a table, not words; where
# there is one, narrower ones do too.
CELL_GAP = 1.2
NARROW_GAP = 0.4
# The lines of a row's label stand so near to its values (in heights), half above and half below.
LABEL_REACH = 1.5
CELL_VALUE = re.compile(r"[~∼±<>≈(+]*[-−–]?\d|[-–—✓✗✔]$")
TWO_LETTERS = re.compile(r"[^\W\d]{2}")
BARE_FIGURE = re.compile(r"(?<!\S)\d[\d.,]*(?!\S)")
# The wide space behind the number of a heading or item, or behind a speaker, makes no table.
NUMBERED_LINE = re.compile(r"^(\d+(?:\.\d+)*\.?|•|[\w-]+:)\t(?=[^\W\d][^\t]*$)")


def group_rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    """Group the pieces that stand side by side."""
    row: list[Piece] = []
    for piece in pieces:
        if row and not _is_right_of(row[-1], piece):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def write_rows(page: Sequence[Row]) -> list[str | None]:
    """The text of each row of a page, its cells apart by tabs.

    Cells stand in the column that they stand under, with tabs for empty ones between. Column
    heads that are set over several rows become one, in the place of the first, and labels that
    are stand before their values; None is left in the places of the others.
    """
    labels = {at: _find_label_rows(page, at) for at, row in enumerate(page) if _lacks_label(row)}
    moved = {label for of_row in labels.values() for label in of_row}
    kept = [at for at in range(len(page)) if at not in moved]
    found = _write_row_texts(
        [[*_unite_rows(page[i] for i in labels.get(at, ())), *page[at]] for at in kept]
    )
    texts: list[str | None] = [None] * len(page)
    for at, text in zip(kept, found, strict=True):
        texts[at] = text
    return texts


def _write_row_texts(page: Sequence[Row]) -> list[str | None]:
    """The text of each row that has its label, with the heads of its columns."""
    cells = [list(_split_cells(row)) for row in page]
    texts: list[str | None] = [_join_texts(row) for row in cells]
    for has_values, group in groupby(range(len(page)), key=lambda at: _has_values(cells[at])):
        at = list(group)
        if not has_values:
            continue
        edges = _find_column_edges(max((cells[i] for i in at), key=len))
        for i in at:
            texts[i] = _fill_empty_cells(cells[i], edges) or texts[i]
        heads = find_column_heads(page[max(at[0] - HEAD_ROWS, 0) : at[0]], edges)
        if heads:
            count, text = heads
            texts[at[0] - count : at[0]] = [text, *([None] * (count - 1))]
    return texts


def _lacks_label(row: Row) -> bool:
    """Whether a row has values and no label."""
    return len(row) > 1 and all(CELL_VALUE.match(piece.text) for piece in row)


def _find_label_rows(page: Sequence[Row], at: int) -> list[int]:
    """Which rows around a bare one are the lines of its label, on its left."""
    first = page[at][0]

    def is_near(near: int) -> bool:
        row = page[near]
        apart = abs(row[0].level - first.level)
        words = " ".join(piece.text for piece in row)
        says_what = TWO_LETTERS.search(words) and not BARE_FIGURE.search(words)
        return (
            bool(says_what) and row[-1].right < first.left and apart <= LABEL_REACH * first.height
        )

    before = list(takewhile(is_near, range(at - 1, -1, -1)))[::-1]
    found = [*before, *takewhile(is_near, range(at + 1, len(page)))]
    if not found:
        return []
    middle = (page[found[0]][0].top + page[found[-1]][0].bottom) / 2
    return found if abs(middle - first.level) < first.height / 2 else []


def _is_right_of(left: Piece, right: Piece) -> bool:
    """Whether the second piece continues the line of the first, to its right."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    return overlap > min(left.height, right.height) / 2 and right.left >= left.left


def _split_cells(row: Row) -> Iterator[Piece]:
    """The cells of a row; prose, even set in pieces, is one."""
    gaps = [(right.left - left.right) / left.height for left, right in pairwise(row)]
    narrow = NARROW_GAP if max(gaps, default=0) > CELL_GAP else CELL_GAP
    cell = row[0]
    for gap, piece in zip(gaps, row[1:], strict=True):
        if gap > narrow:
            yield cell
            cell = piece
        else:
            cell = _join_boxes(cell, piece)
    yield cell


def _join_boxes(left: Piece, right: Piece) -> Piece:
    return Piece(
        f"{left.text} {right.text}".strip(),
        min(left.left, right.left),
        min(left.top, right.top),
        max(left.right, right.right),
        max(left.bottom, right.bottom),
    )


def _unite_rows(rows: Iterable[Row]) -> list[Piece]:
    """All pieces of the rows as one; none where there are none."""
    pieces = [piece for row in rows for piece in row]
    return [reduce(_join_boxes, pieces)] if pieces else []


def _join_texts(cells: Sequence[Piece]) -> str:
    return NUMBERED_LINE.sub(r"\1 ", CELL.join(cell.text for cell in cells if cell.text))


def _has_values(cells: Sequence[Piece]) -> bool:
    """Whether a row is one of a table's body: a label and two values at least."""
    values = [bool(CELL_VALUE.match(cell.text)) for cell in cells[1:]]
    return len(values) > 1 and sum(values) >= len(values) / 2


def _find_column_edges(cells: Sequence[Piece]) -> list[float]:
    """Where one column ends and the next begins, half way between their cells."""
    return [(left.right + right.left) / 2 for left, right in pairwise(cells)]


def _fill_empty_cells(cells: Sequence[Piece], edges: Sequence[float]) -> str | None:
    """The row with an empty cell for each column it leaves out; None where it doesn't fit."""
    columns = [bisect(edges, cell.middle) for cell in cells]
    if any(left >= right for left, right in pairwise(columns)):
        return None
    texts = dict(zip(columns, (cell.text for cell in cells), strict=True))
    return CELL.join(texts.get(column, "") for column in range(columns[-1] + 1))
