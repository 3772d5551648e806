"""What a page shows, block by block, as it is read and as evidence is found on it again."""

import re
from typing import Any, NamedTuple

from retrieval.parsing.glued_words import part_glued_words
from retrieval.parsing.hidden_text import is_hidden_span
from retrieval.parsing.line_numbers import remove_line_numbers
from retrieval.parsing.raised_marks import write_raised_marks

# Fonts whose letters are signs: an n is a square.
BULLETS = re.compile(r"wingdings|webdings|zapfdingbats", re.IGNORECASE)
BULLET = "•"


class PageLayout(NamedTuple):
    """The text of one page."""

    blocks: list[dict[str, Any]]
    """As PyMuPDF gives them: each has lines, these have spans, and these have chars and a text."""

    hidden: int
    """How many letters the page holds but does not show."""


def read_layout(page: Any) -> PageLayout:
    """The text that a (PyMuPDF) page shows: no line numbers, no footnote marks, powers as 10^6.

    Raises what PyMuPDF raises for a damaged page.
    """
    blocks = page.get_text("rawdict", sort=False)["blocks"]
    for block in blocks:  # a picture, which parts the text before it from what is behind, has none
        block.setdefault("lines", [])
    hidden = _remove_hidden_spans(page, blocks)
    remove_line_numbers(blocks)
    part_glued_words(blocks)
    write_raised_marks(blocks)
    for block in blocks:
        block["lines"] = [line for line in block["lines"] if line["spans"]]
        for span in (span for line in block["lines"] for span in line["spans"]):
            if BULLETS.search(span["font"]):
                span["chars"] = [{**char, "c": _read_bullet(char["c"])} for char in span["chars"]]
            span["text"] = "".join(char["c"] for char in span["chars"])
    return PageLayout(blocks, hidden)


def _read_bullet(letter: str) -> str:
    """A letter in a font of signs, which is none: most are bullets."""
    return BULLET if letter.isalnum() or letter in "£¡§¤" else letter


def _remove_hidden_spans(page: Any, blocks: list[dict[str, Any]]) -> int:
    """Leave out what the page does not show; how many letters that was."""
    hidden = 0
    for line in (line for block in blocks for line in block["lines"]):
        unseen = [span for span in line["spans"] if is_hidden_span(page, span)]
        hidden += sum(not char["c"].isspace() for span in unseen for char in span["chars"])
        line["spans"] = [span for span in line["spans"] if span not in unseen]
    return hidden
