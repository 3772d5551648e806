"""Tables in a passage: a line is a row, tabs part its cells, and column heads name them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile

from retrieval.parsing.table_layout import CELL

FIGURE = re.compile(r"[~∼±<>≈]?[-−–]?\d[\d.,/]*%?")
NUMBER = re.compile(r"(?:[~∼±<>≈(]*[-−–]?\d[\d.,/]*+(?![A-Za-z])|[-–—✓✗✔]$)")
LED_BY_DIGIT = re.compile(r"(?:[~∼±<>≈(]*[-−–]?\d|[-–—✓✗✔]$)")
MOST = 0.5
# Heads of the column of labels itself: a line that begins with one has a head for each cell.
OF_LABELS = frozenset("Model Method Task Dataset Benchmark Language Category Metric System".split())
# A row without tabs: at least this share of its words are figures.
ROW_SHARE = 0.3
# Column heads are so long a line at most, so many lines, and stand no further above their row.
LONGEST_HEAD = 160
MOST_LINES = 3
FURTHEST_HEAD = 100
# A table has so many rows at least; a label over or between them is short and no sentence.
FEWEST_ROWS = 2
LABEL = re.compile(r"(?!.*[.!?:;,]$).{1,40}")
Span = tuple[int, int]
"""Where a line starts and ends in its text, in characters."""

Cells = Sequence[tuple[str, str]]
"""Values of a row, each behind its column's head."""

LINE = re.compile(r"[^\n]+")
CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Algorithm)\s*\d+\s*[.:|]")


def is_row(line: str) -> bool:
    """Whether a line is a table row: it has cells, or figures make up a good part of it."""
    if CELL in line:
        return True
    words = line.split()
    figures = sum(bool(FIGURE.fullmatch(word)) for word in words)
    return figures >= 2 and figures >= ROW_SHARE * len(words)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure."""
    return bool(CAPTION.match(line))


def table_spans(text: str) -> list[Span]:
    """Where tables stand, each with its captions and the labels between its rows."""
    spans = []
    for inside, group in groupby(LINE.finditer(text), key=lambda line: _is_of_table(line[0])):
        lines = list(group)
        if inside and sum(is_row(line[0]) for line in lines) >= FEWEST_ROWS:
            spans.append((lines[0].start(), lines[-1].end()))
    return spans


@lru_cache(maxsize=4_096)
def table_head(text: str, start: int) -> Span | None:
    """The lines with the column heads of the row that starts at `start`, if it has such."""
    if text[start - 1 : start] not in ("", "\n"):
        return None
    row = text[start:].split("\n", 1)[0]
    if not is_row(row) or _share(row, LED_BY_DIGIT) < MOST:
        return None
    above = list(_above(text, start))
    # The topmost: further down, words are values too, and sizes (2B) are heads only at the top.
    for at in reversed(range(len(above))):
        tops = [(above[at][0], below[1]) for below in above[max(at - MOST_LINES + 1, 0) : at + 1]]
        if span := next((span for span in tops if _columns(text[slice(*span)], row)), None):
            return None if _is_cut_off(text, span) else span
    # Where no line has a head for each cell, what stands over the figures may still help.
    words = (span for span in above if _share(text[slice(*span)], NUMBER) < MOST)
    nearest = next(words, None)
    return nearest if nearest and nearest[1] - nearest[0] <= LONGEST_HEAD else None


def _is_cut_off(text: str, head: Span) -> bool:
    """Whether a text may begin in the middle of a table, with what is no head but a row of sizes."""
    line = text[slice(*head)]
    names_labels = line.split(CELL)[0].rstrip("s") in OF_LABELS
    return not head[0] and not names_labels and _share(line, LED_BY_DIGIT) > 0


@lru_cache(maxsize=256)
def table_rows(text: str, head: Span) -> Sequence[Span]:
    """The rows under a line of column heads, to the caption or prose that ends the table."""
    under = takewhile(
        lambda span: not _ends_table(text[slice(*span)]), _lines(text, head[1], len(text))
    )
    return tuple(span for span in under if table_head(text, span[0]) == head)


def caption_of(text: str, head: Span) -> Span | None:
    """The caption right below or above the table with this line of column heads, if it has one."""
    rows = table_rows(text, head)
    below = rows[-1][1] if rows else head[1]
    near = [*_lines(text, below, len(text))[:1], *_lines(text, 0, head[0])[-1:]]
    return next((span for span in near if is_caption(text[slice(*span)])), None)


def labelled_row(text: str, start: int, end: int) -> tuple[str, Cells] | None:
    """A row's label and its cells, each with its column's head; None where these don't pair."""
    row, head = text[start:end], table_head(text, start)
    columns = _columns(text[slice(*head)], row) if head else []
    if not head or not columns:
        return None
    label, *values = row.split(CELL)
    return label, list(zip(_in_full(text, head, tuple(columns)), values, strict=True))


@lru_cache(maxsize=256)
def _in_full(text: str, head: Span, columns: tuple[str, ...]) -> Sequence[str]:
    """Column heads with what spans several of a kind: 2B over PT and IT, 9B over PT and IT."""
    line = next(_above(text, head[0]), head)
    spanning = [
        cell for cell in text[slice(*line)].split(CELL) if cell.rstrip("s") not in OF_LABELS
    ]
    each = len(columns) // len(spanning or columns)
    if len(spanning) < 2 or columns != columns[:each] * len(spanning):
        return columns
    return [f"{spanning[at // each]} {column}" for at, column in enumerate(columns)]


def _is_of_table(line: str) -> bool:
    """Whether a line may stand in a table or over it: a row, a caption, or a label."""
    return is_row(line) or is_caption(line) or bool(LABEL.fullmatch(line))


def _above(text: str, start: int) -> Iterator[Span]:
    """The lines of the table above a row, nearest first; prose ends it."""
    for span in reversed(_lines(text, 0, start)[-FURTHEST_HEAD:]):
        line = text[slice(*span)]
        if _ends_table(line):
            return
        yield span


def _lines(text: str, start: int, end: int) -> list[Span]:
    return [match.span() for match in LINE.finditer(text, start, end)]


def _ends_table(line: str) -> bool:
    """Whether a line is a caption or prose."""
    return is_caption(line) or (len(line) > LONGEST_HEAD and not is_row(line))


def _columns(lines: str, row: str) -> list[str]:
    """The heads of all cells of a row but the first, if that is what the lines hold."""
    heads, cells = _heads(lines), row.split(CELL)
    # Of several lines each has cells: no heading of a section is one.
    if (
        len(cells) < 3
        or NUMBER.match(cells[0])
        or ("\n" in lines and not all(CELL in line for line in LINE.findall(lines)))
    ):
        return []
    # Under a head of the labels, a line of words is a row: Architecture, MoE, Dense.
    if len(heads) == len(cells) and "\n" not in lines:
        heads = heads[1:]
    elif len(heads) != len(cells) - 1 or heads[0].rstrip("s") in OF_LABELS:
        return []
    return [] if any(map(NUMBER.match, heads)) else heads


def _heads(lines: str) -> list[str]:
    """Column heads, of which some may be set lower, and go on in a line with as many cells."""
    heads, last = list[str](), 0
    for line in LINE.findall(lines):
        cells = line.split(CELL)
        if len(cells) == last:
            heads[-last:] = [
                f"{head} {rest}" for head, rest in zip(heads[-last:], cells, strict=True)
            ]
        else:
            heads += cells
            last = len(cells)
    return heads


def _share(line: str, kind: re.Pattern[str]) -> float:
    """The share of cells, or of words where there are no cells, of a kind, but the first."""
    parts = (line.split(CELL) if CELL in line else line.split())[1:]
    return sum(bool(kind.match(part)) for part in parts) / (len(parts) or 1)
