"""A question to begin with, and how it calls its paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from nodes.citing.orders import is_order
from retrieval.passages import LibraryPaper

# A title is two words at least, and no longer than a question stays readable with.
WORD = re.compile(r"[^\W\d_]{2,}")
MIN_WORDS, MAX_TITLE_LENGTH = 2, 120
# What a title begins with is a name: "Gemma 2: Improving Open Language Models".
TITLE_END = re.compile(r"\s*:\s|\s+[-–—]\s")
# A card shows about 60 letters, of which the question itself takes 30.
MAX_SHOWN_TITLE = 30


@dataclass(frozen=True)
class Starter:
    """A question that an empty chat offers."""

    label: str
    """As its card shows it."""

    message: str
    """As it is asked."""


@dataclass(frozen=True)
class PaperName:
    """What a question calls a paper."""

    full: str

    @property
    def quoted(self) -> str:
        """As a question says it."""
        return f"‘{self.full}’"

    @property
    def shown(self) -> str:
        """The same, as short as a card needs it."""
        if len(self.full) <= MAX_SHOWN_TITLE:
            return self.quoted
        cut = self.full[:MAX_SHOWN_TITLE]
        return f"‘{(cut.rpartition(' ')[0] or cut).rstrip(' ,:-–')}…’"


def list_names(paper: LibraryPaper) -> Iterator[PaperName]:
    """What a paper may be called, the shortest first; nothing where it has no title of its own."""
    title = " ".join(paper.title.split())
    if not _is_title(title, paper.document):
        return
    short = TITLE_END.split(title)[0]
    if short != title and len(short) > 1:
        yield PaperName(short)
    yield PaperName(title)


def _is_title(title: str, document: str) -> bool:
    """Whether it is words of a paper, and neither a file's name nor an order to who answers."""
    words = [part for part in title.split() if WORD.search(part)]
    is_file_name = title.casefold() == PurePath(document).stem.casefold() and "_" in title
    return (
        len(words) >= MIN_WORDS
        and len(title) <= MAX_TITLE_LENGTH
        and not (is_file_name or is_order(title))
    )
