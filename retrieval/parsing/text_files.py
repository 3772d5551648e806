"""Read Markdown and plain text: one page, whose headings are the sections."""

import re
from collections.abc import Iterator
from pathlib import Path

from language.publication import read_publication
from retrieval.decoding import decode_text
from retrieval.errors import UnreadableFile
from retrieval.file_names import show_name
from retrieval.parsing.headings import Heading
from retrieval.parsing.paper import TITLE_LENGTH, Page, Paper, normalise_letters

MARKDOWN = {".md", ".markdown"}
SUFFIXES = {*MARKDOWN, ".txt"}
# In characters: so much of a text tells who wrote it.
FRONT_LENGTH = 4_000
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
FENCE = re.compile(r"\s*(?:```|~~~)")


def is_text_file(path: Path) -> bool:
    """Whether a file is read as text, by its name."""
    return path.suffix.lower() in SUFFIXES


def read_text_file(path: Path) -> Paper:
    """Read a text file; UnreadableFile says why there is nothing to read."""
    text = "\n".join(map(_clean_line, decode_text(path.read_bytes()).splitlines())).strip()
    if not text:
        raise UnreadableFile("reading.empty")
    headings = tuple(_find_headings(text)) if path.suffix.lower() in MARKDOWN else ()
    title = (headings[0].text if headings else Path(show_name(path)).stem)[:TITLE_LENGTH]
    return Paper(
        title=title,
        pages=(Page(number=1, text=text, headings=headings),),
        publication=read_publication(title, text[:FRONT_LENGTH]),
    )


def _clean_line(line: str) -> str:
    return normalise_letters(line).rstrip()


def _find_headings(text: str) -> Iterator[Heading]:
    """The headings of Markdown, but for what stands in code."""
    offset, in_code = 0, False
    for line in text.split("\n"):
        in_code ^= bool(FENCE.match(line))
        if not in_code and (found := MARKDOWN_HEADING.fullmatch(line)) and found[2]:
            yield Heading(text=found[2], level=len(found[1]), offset=offset)
        offset += len(line) + 1
