"""The files of an indexing run, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from retrieval.ingest.headers import MissingHeader
from retrieval.sources import Source, keep_source
from retrieval.store.windows import UnembeddedPassage

Outcome = Literal["indexed", "unchanged", "unsupported", "failed"]


@dataclass(frozen=True, kw_only=True)
class IndexResult:
    """What became of one file."""

    path: Source
    outcome: Outcome
    reason: str = ""
    is_locked: bool = False
    """Whether it opens with a password alone, which was not given."""

    passages: int = 0
    is_restored: bool = False
    """Whether it came back as it was when it was taken out."""

    hidden: int = 0
    """Letters left out because no page shows them."""

    warning: str = ""
    """What may be missing or wrong in what was read."""

    same_as: Source | None = None
    """The file that is in the library already, where this one is a copy of it."""

    headers: int = 0
    """Headers that a chat model wrote for it in this run."""

    unwritten: Sequence[MissingHeader] = ()

    unembedded: Sequence[UnembeddedPassage] = ()
    """What vectors cannot find of it: the embedding model would not take it."""

    @property
    def is_ready(self) -> bool:
        """Whether searches find all of the file."""
        return self.outcome in ("indexed", "unchanged") and not self.unembedded


@dataclass(frozen=True, kw_only=True)
class IncomingFile:
    """A file that a run is given."""

    path: Path
    """Where it is read."""

    source: Source
    """The file or address that its document is known by."""

    digest: str
    """Of the content that the document was made from: of the source, though a copy is read."""

    fault: str = ""
    """Why it cannot be opened."""

    owner: str = ""
    """Whose its document is to be; empty: everybody's."""

    is_supported: bool = True
    """Whether its kind is one that is read."""

    again: bool = False
    """Whether it is read though its content is in the library."""


def add_unembedded(
    results: Sequence[IndexResult], lacking: Sequence[UnembeddedPassage]
) -> list[IndexResult]:
    """The results, each with those passages of its file that the embedding model would not take."""
    return [
        replace(
            one,
            unembedded=[of for of in lacking if of.source == keep_source(one.same_as or one.path)],
        )
        for one in results
    ]
