"""Find the tables of a text: a line is a row, tabs part its cells, column heads name them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from language.quotes import Span
from retrieval.lines import CELL, LINE, is_caption, is_table_row
from retrieval.tables import Line, Table, TableRow

CELL_NUMBER = re.compile(r"(?:[~∼±<>≈(]*[-−–]?\d[\d.,/]*+(?![A-Za-z])|[-–—✓✗✔]$)")
LED_BY_DIGIT = re.compile(r"(?:[~∼±<>≈(]*[-−–]?\d|[-–—✓✗✔]$)")
VALUE_SHARE = 0.5
# Heads of the column of labels itself: a line that begins with one has a head for each cell.
OF_LABELS = frozenset("Model Method Task Dataset Benchmark Language Category Metric System".split())
# Column heads are so long a line at most, so many lines, and stand no further above their row.
MAX_HEAD_LENGTH = 160
MAX_HEAD_LINES = 3
MAX_LINES_BELOW_HEAD = 100
# A table has so many rows at least; a label over or between them is short and no sentence.
MIN_ROWS = 2
GROUP_LABEL = re.compile(r"(?!.*[.!?:;,]$).{1,40}")
ANY_LETTER = re.compile(r"[^\W\d_]")


def find_table_spans(text: str) -> list[Span]:
    """Where tables stand, each with its captions and the labels between its rows."""
    spans = []
    for inside, group in groupby(
        LINE.finditer(text), key=lambda line: _may_belong_to_table(line[0])
    ):
        lines = list(group)
        if inside and sum(is_table_row(line[0]) for line in lines) >= MIN_ROWS:
            spans.append((lines[0].start(), lines[-1].end()))
    return spans


def find_tables(text: str) -> tuple[Table, ...]:
    """The tables of a text: rows that share their column heads, with these and the caption."""
    spans = [match.span() for match in LINE.finditer(text)]
    lines = [text[start:end] for start, end in spans]
    by_head: dict[range, list[int]] = {}
    head: range | None = None
    for at in range(len(lines)):
        # A long table's rows stand too far below their heads to look for these again.
        head = head if head and _continues_table(lines, head, at) else _find_head(lines, at)
        if head:
            by_head.setdefault(head, []).append(at)
    captions = _find_captions(lines, by_head)
    return tuple(
        _build_table(text, spans, lines, head, rows, caption)
        for (head, rows), caption in zip(by_head.items(), captions, strict=True)
    )


def _find_captions(
    lines: Sequence[str], by_head: Mapping[range, Sequence[int]]
) -> list[int | None]:
    """The line of each table's caption: on the side where the text's other tables have theirs.

    Between two tables stands one caption, which is the other's where this one has its own.
    """
    sides = [
        [
            at if 0 <= at < len(lines) and is_caption(lines[at]) else None
            for at in (head[0] - 1, rows[-1] + 1)
        ]
        for head, rows in by_head.items()
    ]
    only = Counter(at.index(None) for at in sides if at.count(None) == 1)
    usual = 0 if only[1] > only[0] else 1  # where the other side is empty more often
    own = [at[usual] for at in sides]
    return [
        mine if mine is not None or at[1 - usual] in own else at[1 - usual]
        for mine, at in zip(own, sides, strict=True)
    ]


def _continues_table(lines: Sequence[str], head: range, at: int) -> bool:
    """Whether a line is a row like the one before it, whose values pair with a head."""
    before, row = lines[at - 1], lines[at]
    over = [lines[i] for i in head]
    return (
        row.count(CELL) == before.count(CELL)
        and _is_body_row(row)
        and bool(_find_columns(over, before) and _find_columns(over, row))
    )


def _is_body_row(line: str) -> bool:
    """Whether a line is a row of values."""
    return is_table_row(line) and _measure_share(line, LED_BY_DIGIT) >= VALUE_SHARE


def _build_table(
    text: str,
    spans: Sequence[Span],
    lines: Sequence[str],
    head: range,
    rows: Sequence[int],
    caption: int | None,
) -> Table:
    """The table of the rows under a head, all by the numbers of their lines."""
    start, end = spans[head[0]][0], spans[head[-1]][1]
    return Table(
        head=Line(text[start:end], start),
        rows=tuple(row for at in rows for row in _build_rows(spans, lines, head, at)),
        caption=None if caption is None else Line(lines[caption], spans[caption][0]),
    )


def _build_rows(
    spans: Sequence[Span], lines: Sequence[str], head: range, at: int
) -> Iterator[TableRow]:
    """The rows of a line with their cells, each with its column's head; none where these don't pair.

    It holds several where tables stand side by side: Language, Score, Language, Score.
    """
    (start, end), over = spans[at], [lines[i] for i in head]
    columns, group = _find_columns(over, lines[at]), _find_group(lines, range(head.stop, at))
    width = _find_repeat(_join_heads(over)) if columns else 0
    texts = lines[at].split(CELL)
    if not width or len(texts) % width:
        heads = _complete_heads(lines, head, columns)
        cells = tuple(zip(heads, texts[1:], strict=True)) if columns else ()
        yield TableRow(start, end, texts[0], cells, group)
        return
    for first in range(0, len(texts), width):
        label, *values = texts[first : first + width]
        stop = start + len(CELL.join([label, *values]))
        if label.strip():
            yield TableRow(
                start, stop, label, tuple(zip(columns[: width - 1], values, strict=True)), group
            )
        start = stop + len(CELL)


def _find_repeat(heads: Sequence[str]) -> int:
    """After how many columns the heads begin again, labels' own among them; 0 where they don't."""
    return next(
        (
            width
            for width in range(2, len(heads) // 2 + 1)
            if len(heads) % width == 0 and list(heads) == [*heads[:width]] * (len(heads) // width)
        ),
        0,
    )


def _find_group(lines: Sequence[str], between: range) -> str:
    """The label nearest above a row, of the lines between its head and it."""
    labels = (lines[at] for at in reversed(between) if not is_table_row(lines[at]))
    return next(
        (line for line in labels if GROUP_LABEL.fullmatch(line) and ANY_LETTER.search(line)), ""
    )


def _find_head(lines: Sequence[str], at: int) -> range | None:
    """The lines with the column heads of a row, if the line at a number is one that has such."""
    row = lines[at]
    if not _is_body_row(row):
        return None
    above = _lines_above(lines, at)
    # The topmost: further down, words are values too, and sizes (2B) are heads only at the top.
    for first in above:
        tops = (range(first, stop) for stop in range(min(first + MAX_HEAD_LINES, at), first, -1))
        if head := next((top for top in tops if _find_columns([lines[i] for i in top], row)), None):
            return None if _begins_inside_table(lines, head) else head
    # Where no line has a head for each cell, what stands over the figures may still help.
    words = (i for i in reversed(above) if _measure_share(lines[i], CELL_NUMBER) < VALUE_SHARE)
    nearest = next(words, None)
    if nearest is None or len(lines[nearest]) > MAX_HEAD_LENGTH:
        return None
    return range(nearest, nearest + 1)


def _begins_inside_table(lines: Sequence[str], head: range) -> bool:
    """Whether a text may begin in the middle of a table, with what is no head but a row of sizes."""
    line = lines[head[0]]
    names_labels = line.split(CELL)[0].rstrip("s") in OF_LABELS
    return not head[0] and not names_labels and _measure_share(line, LED_BY_DIGIT) > 0


def _complete_heads(lines: Sequence[str], head: range, columns: Sequence[str]) -> Sequence[str]:
    """Column heads with what spans several of a kind: 2B over PT and IT, 9B over PT and IT."""
    if not _lines_above(lines, head[0]):
        return columns
    over = lines[head[0] - 1].split(CELL)
    spanning = [cell for cell in over if cell.rstrip("s") not in OF_LABELS]
    each = len(columns) // len(spanning or columns or over)
    if len(spanning) < 2 or list(columns) != [*columns[:each]] * len(spanning):
        return columns
    return [f"{spanning[at // each]} {column}" for at, column in enumerate(columns)]


def _may_belong_to_table(line: str) -> bool:
    """Whether a line may stand in a table or over it: a row, a caption, or a label."""
    return is_table_row(line) or is_caption(line) or bool(GROUP_LABEL.fullmatch(line))


def _lines_above(lines: Sequence[str], at: int) -> range:
    """The lines of the table above a row; prose ends it."""
    numbers = range(at - 1, max(at - MAX_LINES_BELOW_HEAD, 0) - 1, -1)
    count = sum(1 for _ in takewhile(lambda i: not _ends_table(lines[i]), numbers))
    return range(at - count, at)


def _ends_table(line: str) -> bool:
    """Whether a line is a caption or prose."""
    return is_caption(line) or (len(line) > MAX_HEAD_LENGTH and not is_table_row(line))


def _find_columns(lines: Sequence[str], row: str) -> list[str]:
    """The heads of all cells of a row but the first, if that is what the lines hold."""
    heads, cells = _join_heads(lines), row.split(CELL)
    # Of several lines each has cells: no heading of a section is one.
    if (
        len(cells) < 3
        or CELL_NUMBER.match(cells[0])
        or (len(lines) > 1 and not all(CELL in line for line in lines))
    ):
        return []
    # Under a head of the labels, a line of words is a row: Architecture, MoE, Dense.
    if len(heads) == len(cells) and len(lines) == 1:
        heads = heads[1:]
    elif len(heads) != len(cells) - 1 or heads[0].rstrip("s") in OF_LABELS:
        return []
    return [] if any(map(CELL_NUMBER.match, heads)) else heads


def _join_heads(lines: Sequence[str]) -> list[str]:
    """Column heads, of which some may be set lower, and go on in a line with as many cells."""
    heads, last = list[str](), 0
    for line in lines:
        cells = line.split(CELL)
        if len(cells) == last:
            heads[-last:] = [
                f"{head} {rest}" for head, rest in zip(heads[-last:], cells, strict=True)
            ]
        else:
            heads += cells
            last = len(cells)
    return heads


def _measure_share(line: str, kind: re.Pattern[str]) -> float:
    """The share of cells, or of words where there are no cells, of a kind, but the first."""
    parts = (line.split(CELL) if CELL in line else line.split())[1:]
    return sum(bool(kind.match(part)) for part in parts) / (len(parts) or 1)
