"""Find evidence on the pages of its PDF: the boxes around its letters, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any

from language.quotes import compared_letters, find_occurrences
from retrieval.parsing.page_layout import read_layout
from retrieval.passages import Evidence

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's top left corner."""

# So much of what stands before tells apart words that a page holds twice.
CONTEXT = 200
ALIKE = 8


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where evidence stands on one page."""

    page: int
    """Counted from 1."""

    boxes: tuple[Box, ...]
    """One for each line."""


@dataclass(frozen=True)
class _Letter:
    page: int
    line: int
    box: Box


def find_places(document: Any, piece: Evidence) -> list[Place]:
    """The places of evidence in its (PyMuPDF) document, page by page; none where it is not there."""
    wanted, _ = compared_letters(piece.quote)
    stream: list[str] = []
    marks: list[_Letter] = []
    for number in piece.pages:
        for letter, mark in _read_letters(document[number - 1], number):
            stream += letter
            marks += [mark] * len(letter)
    before, _ = compared_letters(piece.passage.text[max(piece.start - CONTEXT, 0) : piece.start])
    return list(_group_by_page(_find_letters(wanted, "".join(stream), marks, before)))


def _find_letters(wanted: str, shown: str, marks: list[_Letter], before: str = "") -> list[_Letter]:
    """The marks of the letters that are wanted among those that are shown; none if they aren't.

    A figure or the foot of a page may stand between lines of them.
    """
    together = sum(1 for _ in takewhile(shown.__contains__, accumulate(wanted)))
    if not together:
        return []
    starts = find_occurrences(wanted[:together], shown)
    start = max(starts, key=lambda at: _count_shared_end(shown[:at], before))
    end = start + together
    if together == len(wanted):
        return marks[start:end]
    # The first letters of what stands between may be those of the next line as well.
    for cut in range(end, max(end - ALIKE, start), -1):
        if cut == len(marks) or _line_of(marks[cut - 1]) == _line_of(marks[cut]):
            continue
        if rest := _find_letters(wanted[cut - start :], shown[cut:], marks[cut:]):
            return marks[start:cut] + rest
    return []


def _line_of(letter: _Letter) -> tuple[int, int]:
    return letter.page, letter.line


def _read_letters(page: Any, number: int) -> Iterator[tuple[str, _Letter]]:
    """The letters of a page as comparisons see them, each with its box, in reading order."""
    lines = [line for block in read_layout(page).blocks for line in block["lines"]]
    for at, line in enumerate(lines):
        for span in line["spans"]:
            for char in span["chars"]:
                form, _ = compared_letters(char["c"])
                if form:
                    yield form, _Letter(number, at, char["bbox"])


def _count_shared_end(text: str, other: str) -> int:
    """How many letters at their ends two texts have in common."""
    count = 0
    for left, right in zip(reversed(text), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def _group_by_page(found: list[_Letter]) -> Iterator[Place]:
    """One place a page, one box a line."""
    lines: dict[tuple[int, int], Box] = {}
    for letter in found:
        key = letter.page, letter.line
        lines[key] = _join_boxes(lines.get(key, letter.box), letter.box)
    for page in dict.fromkeys(letter.page for letter in found):
        yield Place(page=page, boxes=tuple(box for key, box in lines.items() if key[0] == page))


def _join_boxes(left: Box, right: Box) -> Box:
    return (
        min(left[0], right[0]),
        min(left[1], right[1]),
        max(left[2], right[2]),
        max(left[3], right[3]),
    )
