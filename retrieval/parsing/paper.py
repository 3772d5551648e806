"""What stands in one file: its title, and page by page its text."""

import unicodedata
from dataclasses import dataclass

from language.publication import UNKNOWN, Publication
from retrieval.parsing.headings import Heading

TITLE_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: paragraphs are apart by a blank line, table rows by a line break."""

    number: int
    """Counted from 1."""

    text: str
    goes_on: bool = False
    """Whether its last sentence ends on the next page."""

    headings: tuple[Heading, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What stands in one PDF."""

    title: str
    pages: tuple[Page, ...]
    hidden: int = 0
    """Letters that the pages hold but do not show; they are left out."""

    publication: Publication = UNKNOWN

    warning: str = ""
    """What may be missing or wrong in what was read."""

    copy: bytes | None = None
    """The PDF without its lock and with what was recognised on its pages, where it had need."""


def normalise_letters(text: str) -> str:
    """One form for each letter (NFKC: ligatures, odd spaces), no control characters."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Zs"} else letter for letter in text
    )
