"""Files as an indexing run is given them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from retrieval.errors import UnreadableFile
from retrieval.ingest.results import IncomingFile
from retrieval.parsing.kinds import UnsupportedFile, find_kind
from retrieval.store.originals import hash_file


def discover_files(files: Iterable[Path], *, owner: str = "") -> list[IncomingFile]:
    """Files that are known by their own names."""
    return [replace(_describe_file(path), owner=owner) for path in files]


def _describe_file(path: Path) -> IncomingFile:
    unread = IncomingFile(path=path, source=path, digest="")
    try:
        find_kind(path)
    except UnsupportedFile as error:
        return replace(unread, fault=str(error), is_supported=False)
    except (UnreadableFile, OSError):
        pass  # told when it is read
    try:
        return replace(unread, digest=hash_file(path))
    except OSError as error:
        return replace(
            unread, fault=str(UnreadableFile("reading.cannot_open", reason=error.strerror or error))
        )
