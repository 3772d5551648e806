"""The blocks of a page as a reader sees them: headings apart, rows and heads of tables made out."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from retrieval.lines import CELL
from retrieval.parsing.furniture import Layout, join_words
from retrieval.parsing.headings import MIN_SIZE_DIFFERENCE, is_heading_text
from retrieval.parsing.paper import normalise_letters
from retrieval.parsing.pieces import Piece
from retrieval.parsing.reading_order import ROW_BREAK, Block
from retrieval.parsing.table_layout import group_rows, write_rows

# A line of a table of contents or an index, which leads to a page and says nothing itself.
LEADER = re.compile(r"(?:[.·․⋅∙…]\s?){6,}[\s\divxlIVXL,-]*$")
BOLD = 16  # as PyMuPDF flags it
BOLD_FONT = re.compile(r"bold|black|heavy|medi|cmbx|sfbx|sfsx", re.IGNORECASE)


def split_headings(layout: Layout) -> Layout:
    """The layout with headings in blocks of their own, where they share one with their text."""
    return [part for block in layout for part in _split_heading(block)]


def _split_heading(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The two parts of a block whose first row is a heading by its words and type."""
    count = len(next(group_rows([_turn_upright(line) for line in block["lines"]]), ()))
    head, rest = _block_of_lines(block, block["lines"][:count]), block["lines"][count:]
    words = normalise_letters(" ".join(map(join_words, head["lines"])))
    if not rest or not is_heading_text(" ".join(words.split())):
        return [block]
    below = _block_of_lines(block, rest)
    is_set_apart = _is_bold(head) and not _is_bold({"lines": rest[:1]})
    is_larger = _measure_largest_type(head) > _measure_largest_type(below) + MIN_SIZE_DIFFERENCE
    return [head, below] if is_set_apart or is_larger else [block]


def _block_of_lines(block: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A part of a block, in the box around its lines."""
    boxes = [line["bbox"] for line in lines] or [block["bbox"]]
    left, top = (min(box[at] for box in boxes) for at in (0, 1))
    right, bottom = (max(box[at] for box in boxes) for at in (2, 3))
    return {**block, "lines": lines, "bbox": (left, top, right, bottom)}


def read_blocks(number: int, layout: Layout) -> Iterator[Block]:
    """The blocks of a page that have text, with the rows and heads of tables made out."""
    by_block = [
        list(group_rows([_turn_upright(line) for line in block["lines"]])) for block in layout
    ]
    texts = iter(write_rows([row for block in by_block for row in block]))
    for block, block_rows in zip(layout, by_block, strict=True):
        if text := _write_block(list(islice(texts, len(block_rows)))):
            left, top, right, bottom = block["bbox"]
            yield Block(
                text,
                number,
                top,
                bottom,
                _measure_block_type(block),
                _measure_largest_type(block),
                _is_bold(block),
                left=left,
                right=right,
            )


def _write_block(texts: list[str | None]) -> str:
    """The rows of one block."""
    edge = ROW_BREAK
    rows = [row for row in texts if row and not LEADER.search(row)]
    text = "\n".join(f"{edge}{row}{edge}" if CELL in row else row for row in rows)
    return re.sub(rf"[{edge}\n]*{edge}[{edge}\n]*", edge, text).strip(edge)


def _turn_upright(line: dict[str, Any]) -> Piece:
    """A line where a reader sees it who turns the page until it is level."""
    left, top, right, bottom = line["bbox"]
    box = {
        (0.0, -1.0): (-bottom, left, -top, right),
        (0.0, 1.0): (top, -right, bottom, -left),
    }.get(tuple(line["dir"]), (left, top, right, bottom))
    turned_at = None if box[0] == left else (left + right) / 2
    return Piece(normalise_letters(join_words(line)).strip(), *box, turned_at=turned_at)


def _measure_block_type(block: dict[str, Any]) -> float:
    """The size of most letters of a block, in points."""
    sizes: Counter[float] = Counter()
    for span in (span for line in block["lines"] for span in line["spans"]):
        sizes[round(float(span["size"]), 1)] += len(span["text"])
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _measure_largest_type(block: dict[str, Any]) -> float:
    """The size of its largest letters, in points."""
    return max(map(measure_type_size, block["lines"]))


def _is_bold(block: dict[str, Any]) -> bool:
    """Whether all its words are."""
    spans = (span for line in block["lines"] for span in line["spans"] if span["text"].strip())
    return all(span["flags"] & BOLD or BOLD_FONT.search(span["font"]) for span in spans)


def measure_type_size(line: dict[str, Any]) -> float:
    """The size of the largest letters of a line, in points."""
    return max(round(float(span["size"]), 1) for span in line["spans"])
