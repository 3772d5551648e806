"""A document of a library, as its ledger describes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from retrieval.sources import Source, read_source
from retrieval.store.schema import State

# How long what was taken out can be brought back.
KEPT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of the library."""

    id: int
    sha256: str
    source: str
    """Where the file was when it was indexed, or the address that it was fetched from."""

    name: str
    title: str
    pages: int
    tokens: int
    passages: int
    state: State
    error: str | None
    warning: str | None
    """What may be missing or wrong in what was read."""

    given_title: str | None
    """What a reader calls it, in place of the title that the file has."""

    removed: float | None
    """When it was taken out of the library, in seconds of the epoch; None while it is in."""

    unembedded: int
    """Passages that the embedding model would not take: BM25 alone finds them."""

    unembedded_reason: str | None
    """What its server said of one of them."""

    authors: tuple[str, ...]
    year: int | None
    """When the paper was published, as far as it says so itself."""

    arxiv: str | None
    """Its number at arXiv."""

    added: str | None
    """When it was first indexed, in UTC (ISO 8601); None where that was before anybody noted it."""

    owner: str = ""
    """Whose it is; empty: everybody's."""

    @property
    def origin(self) -> Source:
        """The file that it was made from, where it was then, or the address."""
        return read_source(self.source, self.name)

    @property
    def is_read(self) -> bool:
        """Whether its file could be read: only then is the kept original of its content its own.

        Another's may be a copy without the password that this one lacks.
        """
        return self.state not in ("new", "failed")

    @property
    def kept_until(self) -> datetime:
        """Until when it can be brought back after it was taken out."""
        return datetime.fromtimestamp(self.removed or 0) + KEPT

    @property
    def shown_title(self) -> str:
        """What readers know it by: the title given, its own, or else the name of its file."""
        return self.given_title or self.title or self.name
