"""Papers from addresses, fetched into a folder for the time of an indexing run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.errors import UserError
from retrieval.fetching.fetch import FetchLimits, OnBytes, fetch_paper
from retrieval.fetching.host_check import CheckHost, find_public_addresses
from retrieval.ingest.progress import OnProgress, Progress
from retrieval.ingest.results import IncomingFile
from retrieval.sources import WebAddress
from retrieval.store.library import Library
from retrieval.store.originals import hash_file


def fetch_files(
    addresses: Sequence[WebAddress],
    folder: Path,
    *,
    library: Library,
    limits: FetchLimits,
    progress: OnProgress = lambda progress: None,
    check: CheckHost = find_public_addresses,
    owner: str = "",
) -> list[IncomingFile]:
    """A file for each address; what the library holds is taken from there, and not asked for again.

    `owner`: whose the papers are to be, who knows of his own and everybody's.
    """
    files = []
    for number, address in enumerate(addresses):

        def tell(done: int, total: int, at: int = number, name: str = address.name) -> None:
            progress(
                Progress(
                    done=done,
                    total=total,
                    document=name,
                    step="fetching",
                    documents=(at, len(addresses)),
                )
            )

        tell(0, 0)
        held = find_held_file(address, library, owner=owner)
        files.append(held or _fetch_file(address, folder, limits, tell, check))
    return [replace(file, owner=owner) for file in files]


def find_held_file(
    address: WebAddress, library: Library, *, owner: str = ""
) -> IncomingFile | None:
    """The original of the document that was fetched from an address: the owner's, else everybody's."""
    documents = library.list_documents() if library.exists() else []
    seen = [one for one in documents if one.owner in ("", owner) and one.origin == address]
    for one in sorted(seen, key=lambda one: one.owner != owner):
        original = library.original_path(one.sha256)
        if one.is_read and original.exists():
            source = address.named(one.name)
            return IncomingFile(path=original, source=source, digest=one.sha256)
    return None


def _fetch_file(
    address: WebAddress, folder: Path, limits: FetchLimits, on_bytes: OnBytes, check: CheckHost
) -> IncomingFile:
    try:
        source, path = fetch_paper(address, folder, limits=limits, check=check, on_bytes=on_bytes)
    except UserError as error:  # the others are fetched all the same
        return IncomingFile(path=folder, source=address, digest="", fault=str(error))
    return IncomingFile(path=path, source=source, digest=hash_file(path))
