"""Read one file into the ledger, where nothing was made of its content yet."""

from collections.abc import Sequence
from dataclasses import replace

from language.publication import Publication, find_arxiv_year
from retrieval.errors import FileLocked, UnreadableFile, WrongPassword
from retrieval.file_names import show_name
from retrieval.ingest.results import IncomingFile, IndexResult, Outcome
from retrieval.parsing.workers import ReaderPool
from retrieval.sources import Source, WebAddress, keep_source
from retrieval.store.library import Library
from retrieval.store.originals import hash_file
from retrieval.store.trash import find_restorable, unmark_removed


def find_unread(files: Sequence[IncomingFile], library: Library) -> list[IncomingFile]:
    """The files that a run is to read: nothing was made of them yet, or it is to be made again."""
    return [file for file in files if file.digest and (file.again or not _is_held(file, library))]


def _is_held(file: IncomingFile, library: Library) -> bool:
    """Whether a file's owner sees its content in the library already, or it can come back to him."""
    return bool(
        library.find_source(file.digest, owner=file.owner)
        or find_restorable(library, file.digest, owner=file.owner)
    )


def parse_file(file: IncomingFile, library: Library, readers: ReaderPool) -> IndexResult:
    """Read one file into the ledger, unless its content is there already."""
    source, digest, owner = file.source, file.digest, file.owner
    if file.fault:
        outcome: Outcome = "failed" if file.is_supported else "unsupported"
        return IndexResult(path=source, outcome=outcome, reason=file.fault)
    library.drop_unfinished(source, apart_from=digest, owner=owner)
    if not file.again and (known := _take_known(file, library)):
        return known
    try:
        reading = readers.read_file(file.path)
    except UnreadableFile as error:
        library.add_failed(source, digest, str(error), owner=owner)
        is_locked = isinstance(error, FileLocked | WrongPassword)
        return IndexResult(path=source, outcome="failed", reason=str(error), is_locked=is_locked)
    library.add_parsed(
        source,
        digest,
        title=reading.title,
        pages=reading.pages,
        chunks=reading.chunks,
        warning=reading.warning,
        copy=reading.copy,
        publication=_add_address(reading.publication, source),
        read_from=file.path,
        owner=owner,
    )
    return IndexResult(
        path=source,
        outcome="indexed",
        passages=len(reading.chunks),
        hidden=reading.hidden,
        warning=reading.warning,
    )


def _add_address(publication: Publication, source: Source) -> Publication:
    """What a paper says of itself, and what the address at arXiv adds that it came from."""
    number = source.arxiv if isinstance(source, WebAddress) else None
    if not number or publication.arxiv:
        return publication
    year = publication.year or find_arxiv_year(number)
    return replace(publication, arxiv=number, year=year)


def _take_known(file: IncomingFile, library: Library) -> IndexResult | None:
    """What becomes of a file whose content its owner has in the library, or had taken out of it."""
    source, digest, owner = file.source, file.digest, file.owner
    if held := library.find_source(digest, owner=owner):
        if held == source:
            return IndexResult(path=source, outcome="unchanged")
        if _is_unchanged(held, digest):
            return IndexResult(path=source, outcome="unchanged", same_as=held)
        library.move_document(digest, source, owner=owner)
        return IndexResult(path=source, outcome="unchanged")
    if removed := find_restorable(library, digest, owner=owner):
        unmark_removed(library, removed, source=keep_source(source), name=show_name(source))
        return IndexResult(
            path=source, outcome="indexed", passages=removed.passages, is_restored=True
        )
    return None


def _is_unchanged(source: Source, digest: str) -> bool:
    """Whether the file is still what it was when it was indexed; an address is taken to be."""
    if isinstance(source, WebAddress):
        return True
    return source.is_file() and hash_file(source) == digest
