"""From the blocks of all pages to a paper: its title, and each page's text in reading order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import Any

from language.terms import load_kiwi
from retrieval.errors import UnreadableFile
from retrieval.parsing.blocks import measure_type_size, read_blocks, split_headings
from retrieval.parsing.furniture import Layout, join_words, remove_furniture
from retrieval.parsing.headings import Heading, names_section, set_heading_levels
from retrieval.parsing.paper import TITLE_LENGTH, Page, Paper, normalise_letters
from retrieval.parsing.reading_order import ROW_BREAK, Block, group_paragraphs

# Between paragraphs, between pages, and where a page ends in mid-sentence; before a heading.
PARAGRAPH_SIGN, PAGE_SIGN, SOFT_PAGE_SIGN, HEADING_SIGN = "\x01", "\x02", "\x03", "\x04"
# What programs write for a title: the name of the file, or none.
FILE_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|제목 없음|slide \d)|\.(?:docx?|hwpx?|pptx?|xlsx?|pdf|tex|dvi|ps"
    r"|rtf|odt|indd|qxd|txt)$",
    re.IGNORECASE,
)
# Type that is so many times as large as that of most lines stands out.
TITLE_SIZE = 1.1
# The lines of a title are no further apart than this, in heights of a line.
TITLE_GAP = 1.0
# Fewer letters are no title.
MIN_TITLE_LETTERS = 2
# The words around the end of a line between two syllables; those behind it are only looked at.
HANGUL_LINE_END = re.compile(r"(?P<left>[^\n]{0,30}[가-힣])\n(?=(?P<right>[가-힣][^\n]{0,30}))")
LINE_END_HYPHEN = re.compile(rf"(\w+)-([\n{SOFT_PAGE_SIGN}])(\w+)")


def assemble_paper(title: str, layouts: Sequence[Layout], hidden: int) -> Paper:
    """Turn the layout of each page into text, and find the title."""
    layouts = [split_headings(layout) for layout in remove_furniture(layouts)]
    title = _find_title(title, layouts)
    blocks = [
        block
        for number, layout in enumerate(layouts, start=1)
        for block in read_blocks(number, layout)
    ]
    if not blocks:
        raise UnreadableFile("reading.no_text")
    known = set(re.findall(r"\w+(?:-\w+)+|\w+", "\n".join(block.text for block in blocks)))
    flow = group_paragraphs(set_heading_levels(blocks, title))
    text = _join_lines("".join(_add_breaks(flow, len(layouts))), known)
    levels = iter([block.level for paragraph in flow for block in paragraph if block.level])
    return Paper(title=title, pages=tuple(_assemble_pages(text, levels)), hidden=hidden)


def _assemble_pages(text: str, levels: Iterator[int]) -> Iterator[Page]:
    """Each page of the text, with its headings, whose levels come in their order."""
    texts = re.split(f"[{PAGE_SIGN}{SOFT_PAGE_SIGN}]", text)
    ends = re.findall(f"[{PAGE_SIGN}{SOFT_PAGE_SIGN}]", text)
    for number, (page, end) in enumerate(zip(texts, [*ends, ""], strict=True), start=1):
        first, *marked = page.strip().split(HEADING_SIGN)
        headings, shown = [], first
        for part in marked:
            words = part.split("\n", 1)[0].strip()
            headings.append(Heading(text=words, level=next(levels), offset=len(shown)))
            shown += part
        yield Page(
            number=number, text=shown, goes_on=end == SOFT_PAGE_SIGN, headings=tuple(headings)
        )


def _add_breaks(flow: Sequence[Sequence[Block]], pages: int) -> Iterator[str]:
    """The texts of all blocks, and what parts them."""
    page = 1
    for paragraph in flow:
        yield PAGE_SIGN * (paragraph[0].page - page) or PARAGRAPH_SIGN
        yield HEADING_SIGN * bool(paragraph[0].level) + paragraph[0].text
        for block, following in pairwise(paragraph):
            yield "\n" if block.page == following.page else SOFT_PAGE_SIGN
            yield following.text
        page = paragraph[-1].page
    yield PAGE_SIGN * (pages - page)


def _join_lines(text: str, known: set[str]) -> str:
    """Join lines into paragraphs, and words that a line or page break has cut."""

    def whole(match: re.Match[str]) -> str:
        left, edge, right = match.groups()
        hyphenated = f"{left}-{right}"
        keeps = hyphenated in known or not right[0].islower() or left[-1].isdigit()
        return (hyphenated if keeps else left + right) + edge.strip()

    text = HANGUL_LINE_END.sub(_join_korean, LINE_END_HYPHEN.sub(whole, text))
    text = text.replace("\n", " ")
    text = text.replace(ROW_BREAK, "\n").replace(PARAGRAPH_SIGN, "\n\n")
    return re.sub(r" {2,}", " ", text).strip()


def _join_korean(match: re.Match[str]) -> str:
    """Two lines of Hangul with a space where a word has ended: Korean breaks lines anywhere in a word."""
    left, right = match["left"], match["right"]
    _, [has_space] = load_kiwi().glue([left, right], return_space_insertions=True)
    return f"{left} " if has_space else left


def _find_title(given: str, layouts: Sequence[Layout]) -> str:
    """The title in the metadata, else what page one sets in larger type, else its first line."""
    given = normalise_letters(given).strip()
    if len(given.split()) > 1 and not FILE_TITLE.search(given):
        return given[:TITLE_LENGTH]
    lines = [
        line
        for block in layouts[0]
        for line in block["lines"]
        if line["dir"] == (1.0, 0.0) and _may_be_title(join_words(line))  # not arXiv's stamp
    ]
    sizes = [measure_type_size(line) for line in lines]
    largest = max(sizes, default=0.0)
    stands_out = sizes and largest >= TITLE_SIZE * median(sizes)
    large = (
        [line for line in lines if measure_type_size(line) == largest] if stands_out else lines[:1]
    )
    together = 1 + sum(1 for _ in takewhile(_is_near, pairwise(large)))
    words = " ".join(map(join_words, large[:together]))
    return re.sub(r"\s+", " ", normalise_letters(words)).strip()[:TITLE_LENGTH]


def _is_near(lines: tuple[dict[str, Any], dict[str, Any]]) -> bool:
    """Whether the second of two lines stands close to the first."""
    (_, top, _, bottom), (_, below, _, _) = (line["bbox"] for line in lines)
    return bool(below - bottom <= TITLE_GAP * (bottom - top))


def _may_be_title(words: str) -> bool:
    """Whether a line of page one is no heading of a section, nor a stray letter or number."""
    words = " ".join(normalise_letters(words).split())
    return len(re.findall(r"[^\W\d_]", words)) >= MIN_TITLE_LETTERS and not names_section(words)
