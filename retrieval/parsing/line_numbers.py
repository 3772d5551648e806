"""Leave out the line numbers that drafts under review print beside their text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

# Fewer numbers in a row may be the items of a list, unless they go on from an earlier page.
MIN_NUMBERS = 8
MIN_CONTINUED = 2
# How far the edges of one column of numbers may be apart, in points.
EDGE_TOLERANCE = 3.0
# They count every line, or every fifth.
STEPS = frozenset({1, 5})
# So far above a table's first column, in points, its head may stand.
HEAD_REACH = 40.0
# A column of numbers beside fewer of the page's lines than this (0..1) is one of a table. Where
# every fifth is counted, a fifth of that.
MIN_SHARE = 0.5


class _Number(NamedTuple):
    """A figure that is set apart."""

    value: int
    line: dict[str, Any]
    spans: list[dict[str, Any]]
    left: float
    right: float
    top: float


def remove_line_numbers(blocks: Sequence[dict[str, Any]]) -> None:
    """Take the line numbers out of a page's lines: a column of figures that count them."""
    lines = [line for block in blocks for line in block["lines"] if line["spans"]]
    numbers = [number for line in lines for number in _find_numbers(line)]
    for edge in ("left", "right"):
        for column in _group_by_edge(numbers, edge):
            if _counts_lines(column, lines):
                for number in column:
                    spans = number.line["spans"]
                    number.line["spans"] = [span for span in spans if span not in number.spans]


def _find_numbers(line: dict[str, Any]) -> Iterator[_Number]:
    """The figure that a line is, or that it begins or ends with in a span of its own."""
    spans = line["spans"]
    ends = [spans] if len(spans) == 1 else [spans, spans[:1], spans[-1:]]
    for part in ends:
        text = "".join(char["c"] for span in part for char in span["chars"]).strip()
        if text.isascii() and text.isdecimal() and len(text) <= 4:
            left, right = part[0]["bbox"][0], part[-1]["bbox"][2]
            yield _Number(int(text), line, list(part), left, right, part[0]["bbox"][1])


def _group_by_edge(numbers: Sequence[_Number], edge: str) -> Iterator[list[_Number]]:
    """The numbers that stand under each other, flush at one edge, from top to bottom."""
    column: list[_Number] = []
    for number in sorted(numbers, key=lambda number: float(getattr(number, edge))):
        if column and getattr(number, edge) - getattr(column[0], edge) > EDGE_TOLERANCE:
            yield sorted(column, key=lambda number: number.top)
            column = []
        column.append(number)
    yield sorted(column, key=lambda number: number.top)


def _counts_lines(column: Sequence[_Number], lines: Sequence[dict[str, Any]]) -> bool:
    """Whether a column counts up beside most of the page's lines, with nothing else in its place."""
    least = MIN_CONTINUED if column and column[0].value > MIN_NUMBERS else MIN_NUMBERS
    if len(column) < least:
        return False
    steps = {right.value - left.value for left, right in pairwise(column)}
    if len(steps) != 1 or not steps <= STEPS:
        return False
    own = {id(number.line) for number in column}
    left, right = min(number.left for number in column), max(number.right for number in column)
    top, bottom = column[0].top, column[-1].top
    near = [
        line["bbox"]
        for line in lines
        if id(line) not in own and top - HEAD_REACH <= line["bbox"][3] and line["bbox"][1] <= bottom
    ]
    if any(box[0] < right and left < box[2] for box in near):
        return False
    rows = {round(box[3]) for box in near if box[3] >= top}
    return len(column) * next(iter(steps)) >= MIN_SHARE * len(rows)
