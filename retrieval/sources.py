"""What a document is known by: the path of its file, or the address that it was fetched from."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from language.publication import ARXIV_NUMBER

ARXIV_PDF = re.compile(rf"https://arxiv\.org/pdf/({ARXIV_NUMBER})(?:v\d+)?")


@dataclass(frozen=True)
class WebAddress:
    """The address of a PDF, which stands where a file's path would."""

    url: str
    file_name: str = field(default="", compare=False)
    """What its server calls the file; empty where that is not known."""

    @property
    def name(self) -> str:
        """The name that its document is listed by."""
        last = unquote(urlsplit(self.url).path).rpartition("/")[2]
        return self.file_name or last or self.url

    @property
    def arxiv(self) -> str | None:
        """The number of an address at arXiv, without the version."""
        found = ARXIV_PDF.fullmatch(self.url)
        return found[1] if found else None

    def named(self, file_name: str) -> "WebAddress":
        """The same address with the name of its file."""
        return replace(self, file_name=file_name)

    def __str__(self) -> str:
        return self.url


Source = Path | WebAddress


def read_source(text: str, name: str = "") -> Source:
    """A source as the ledger has it, with the name that it lists."""
    return WebAddress(text, name) if text.startswith(("https://", "http://")) else Path(text)
