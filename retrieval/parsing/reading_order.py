"""Blocks in the order in which they are read: nothing stands between the halves of a sentence."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from retrieval.lines import CELL, is_caption

ROW_BREAK = "\x00"
"""What stands around the table rows of a block."""

# Shorter blocks are headings, labels and page numbers; a sentence goes on no further away.
MIN_PROSE_LENGTH = 40
MAX_BLOCKS_BETWEEN = 16
# Sizes of type that differ by less are the same, in points.
SAME_SIZE = 0.3
ENDED = re.compile(r"[.!?:。？！][\"'”’)\]\d*∗†‡]*$")
# Behind such words a capital goes on with the sentence too.
GOES_ON = re.compile(
    r"(?:[,-]|\b(?:a|an|and|as|at|by|for|from|in|is|are|of|on|or|our|that|the|to|we|with))$"
)
# A page sets the parts of a formula one by one, no further apart than this, in points.
FORMULA_LINE = re.compile(
    r"[^\t]{1,3}|(?=.*[=≈≤≥∝∈∑∏∫√∂∇⊤·|^(])[^\t]{4,60}(?:\t\(\d+\))?", re.DOTALL
)
FORMULA_GAP = 12.0


HANGUL = re.compile(r"[가-힣]")
# What an item of a list begins with, or a note.
ITEM = re.compile(r"[•∙·⋅○●◦□■▪◇◆▶►※*☞→∎⁃–—-]|\(?\d{1,2}[.)]\s|[가-하][.)]\s|[①-⑳]|[A-Za-z]\s")
# Lines of one column begin no further apart than this, in points: the first may be indented.
COLUMN_INDENT = 40.0
# A line is no higher than this, and ends no further from its column's edge, in sizes of its type.
LINE_HEIGHT, LINE_END_GAP = 1.8, 2.0


@dataclass(frozen=True)
class Block:
    """A stretch of a page that is set in one go."""

    text: str
    """Lines end in a line break, table rows in ROW_BREAK."""

    page: int
    top: float
    bottom: float
    """In points from the top of the page."""

    size: float
    """Of most of its letters, in points."""

    largest: float = 0.0
    """The size of its largest letters, in points."""

    is_bold: bool = False
    level: int = 0
    """Of a heading, 1 for sections; 0 for all else."""

    left: float = 0.0
    right: float = 0.0
    """In points from the left of the page."""


def group_paragraphs(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of a paper, those together that one column or page after the other go on with.

    What stands between these (figures, footnotes, page numbers) comes before or behind them, so
    that pages stay in order.
    """
    ordered: list[list[Block]] = []
    rest = list(blocks)
    full = _find_full_lines(blocks)
    while rest:
        paragraph, asides = [rest.pop(0)], []
        while (at := _find_continuation(paragraph, rest, full)) is not None:
            asides += rest[:at]
            paragraph.append(rest[at])
            del rest[: at + 1]
        page = paragraph[-1].page
        ordered += [[aside] for aside in asides if aside.page < page]
        ordered.append(paragraph)
        rest[:0] = [aside for aside in asides if aside.page == page]
    return ordered


def _find_full_lines(blocks: Sequence[Block]) -> set[int]:
    """The ids of blocks that are one line of Hangul, as long as their column is wide."""
    by_column: dict[tuple[int, int], float] = defaultdict(float)
    for block in blocks:
        column = block.page, round(block.left / COLUMN_INDENT)
        by_column[column] = max(by_column[column], block.right)
    full = set()
    for block in blocks:
        at = round(block.left / COLUMN_INDENT)
        edge = max(by_column[block.page, near] for near in (at - 1, at, at + 1))
        is_line = block.bottom - block.top < LINE_HEIGHT * block.size and "\n" not in block.text
        if is_line and HANGUL.search(block.text) and edge - block.right < LINE_END_GAP * block.size:
            full.add(id(block))
    return full


def _goes_on_below(last: Block, block: Block) -> bool:
    """Whether a block stands right below a full line and begins no item, so that it goes on with it.

    Korean reports are often set line by line, end sentences without a stop, and have no capitals.
    """
    words = block.text.strip()
    return (
        block.page == last.page
        and block.top - last.top >= 0
        and block.top - last.bottom < last.size
        and abs(block.left - last.left) < COLUMN_INDENT
        and (
            abs(block.size - last.size) <= SAME_SIZE
            or abs(block.largest - last.largest) <= SAME_SIZE  # a note in smaller type may end it
        )
        and not block.level
        and CELL not in block.text
        and ROW_BREAK not in block.text
        and not ITEM.match(words)
        and not ENDED.search(last.text.strip())
    )


def _find_continuation(
    paragraph: Sequence[Block], rest: Sequence[Block], full: Set[int]
) -> int | None:
    """Which of the blocks that follow goes on with the paragraph's last sentence, if one does."""
    last = paragraph[-1]
    if last.level:
        return None
    if rest and _is_one_formula(last, rest[0]):
        return 0
    if rest and id(last) in full and _goes_on_below(last, rest[0]):
        return 0
    words = " ".join(block.text for block in paragraph).split(ROW_BREAK)[-1]
    if (
        len(words) < MIN_PROSE_LENGTH
        or CELL in words
        or ENDED.search(words)
        or is_caption(last.text)
    ):
        return None
    for at, block in enumerate(rest[:MAX_BLOCKS_BETWEEN]):
        if block.page > paragraph[0].page + 1:
            break
        if abs(block.size - last.size) > SAME_SIZE or block.level or is_caption(block.text):
            continue
        # Between lines of one column stands a formula, which is a part of the sentence.
        apart = block.page > last.page or block.top < last.bottom - last.size
        first = block.text.split(ROW_BREAK)[0]
        if CELL not in first and _continues_sentence(words, first, apart):
            return at if apart or not at else None
        if len(first) >= MIN_PROSE_LENGTH:
            break
    return None


def _continues_sentence(words: str, next_words: str, apart: bool) -> bool:
    """Whether the next words go on with a sentence that has not ended."""
    if next_words[:1].islower() or words.endswith("-"):
        return True
    is_prose = len(next_words) >= MIN_PROSE_LENGTH
    return is_prose and bool(
        GOES_ON.search(words) or (apart and len(words) >= 2 * MIN_PROSE_LENGTH)
    )


def _is_one_formula(left: Block, right: Block) -> bool:
    """Whether two blocks are parts of a formula, side by side or on top of each other."""
    parts = all(FORMULA_LINE.fullmatch(block.text) for block in (left, right))
    gap = max(left.top, right.top) - min(left.bottom, right.bottom)
    return parts and left.page == right.page and gap < FORMULA_GAP and not right.level
