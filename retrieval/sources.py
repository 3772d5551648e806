"""What a document is known by: the path of its file, or the address that it was fetched from."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from language.publication import ARXIV_NUMBER
from retrieval.file_names import keep_path, read_path

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


def keep_source(source: Source) -> str:
    """A source as a text that a database takes, and `read_source` makes the source of again."""
    return source.url if isinstance(source, WebAddress) else keep_path(source)


def read_source(kept: str, name: str = "") -> Source:
    """The source that was kept as a text, with the name that the ledger lists it by."""
    return WebAddress(kept, name) if kept.startswith(("https://", "http://")) else read_path(kept)
