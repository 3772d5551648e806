"""What a page carries besides its text: running heads and feet, page numbers, arXiv's stamp."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

Layout = Sequence[dict[str, Any]]
"""The blocks of one page, as PyMuPDF gives them."""

# Furniture stands in the outermost eighth of what all pages print, apart from the text by so
# much of its own height, with the same words on so many pages. More pieces side by side are the
# column heads of a table.
MARGIN = 0.12
CUT_GAP = 1.0
MIN_REPEATED_PAGES = 3
MAX_PIECES = 3
STAMP = re.compile(r"arXiv:\S+v\d")
UPRIGHT = (1.0, 0.0)


def remove_furniture(layouts: Sequence[Layout]) -> list[list[dict[str, Any]]]:
    """The layouts without furniture; a page that has nothing else keeps it."""
    repeated = _find_repeated_lines(layouts)
    kept = []
    for layout in layouts:
        blocks = [_remove_lines(block, repeated) for block in layout]
        kept.append(blocks if any(map(_list_lines, blocks)) else list(layout))
    return kept


def join_words(line: dict[str, Any]) -> str:
    """The words of a line."""
    return "".join(span["text"] for span in line["spans"])


def _remove_lines(block: dict[str, Any], furniture: set[int]) -> dict[str, Any]:
    lines = [
        line for line in block["lines"] if id(line) not in furniture and not _is_arxiv_stamp(line)
    ]
    return {**block, "lines": lines}


def _list_lines(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for line in block["lines"] if join_words(line).strip()]


def _is_arxiv_stamp(line: dict[str, Any]) -> bool:
    """Whether a line is what arXiv prints along the edge of page one."""
    return tuple(line["dir"]) != UPRIGHT and bool(STAMP.match(join_words(line).strip()))


def _find_repeated_lines(layouts: Sequence[Layout]) -> set[int]:
    """The ids of the lines in a margin that return on other pages."""
    found: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, side, line in _find_margin_lines(layouts):
        for words in _list_forms(join_words(line), number):
            found[side, words][number].append(id(line))
    returning = [by_page for by_page in found.values() if len(by_page) >= MIN_REPEATED_PAGES]
    return {line for by_page in returning for ids in by_page.values() for line in ids}


def _find_margin_lines(layouts: Sequence[Layout]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The lines that stand at the head and foot of each page, apart from its text."""
    pages = [
        [line for block in layout for line in _list_lines(block) if tuple(line["dir"]) == UPRIGHT]
        for layout in layouts
    ]
    first = min((line["bbox"][1] for lines in pages for line in lines), default=0.0)
    last = max((line["bbox"][3] for lines in pages for line in lines), default=0.0)
    margin = MARGIN * (last - first)
    for number, lines in enumerate(pages, start=1):
        boxes = [(line["bbox"][1], line["bbox"][3], line) for line in lines]
        heads = [(top - first, bottom - first, line) for top, bottom, line in boxes]
        feet = [(last - bottom, last - top, line) for top, bottom, line in boxes]
        yield from ((number, "head", line) for line in _cut_at_gap(heads, margin))
        yield from ((number, "foot", line) for line in _cut_at_gap(feet, margin))


def _cut_at_gap(
    lines: Sequence[tuple[float, float, dict[str, Any]]], margin: float
) -> list[dict[str, Any]]:
    """The lines between the edge and the last gap in the margin.

    Lines come with the distances of their near and far side from the edge.
    """
    apart: list[dict[str, Any]] = []
    band: list[dict[str, Any]] = []
    reach = 0.0
    for near, far, line in sorted(lines, key=lambda line: line[:2]):
        if band and near - reach > CUT_GAP * (far - near):
            apart += band if len(band) <= MAX_PIECES else []
            band = []
        if far > margin:
            break
        band.append(line)
        reach = max(reach, far)
    return apart


def _list_forms(text: str, number: int) -> Iterator[str]:
    """The words themselves, and with each figure as what it adds to the page's number."""
    words = " ".join(text.split())
    yield words
    for figure in re.finditer(r"\d{1,4}", words):
        yield f"{words[: figure.start()]}{{{int(figure[0]) - number}}}{words[figure.end() :]}"
