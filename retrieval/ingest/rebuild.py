"""Rebuild a library beside the old one, which is searched meanwhile, and swap them at once.

The new ledger is made in the folder `rebuild`, its vectors in a collection of their own. One
transaction then puts the new ledger, which names that collection, in place of the old one.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.errors import UserError
from retrieval.ingest.headers import HeaderWriter
from retrieval.ingest.ledger import CHUNKING, HEADER, ingest_files
from retrieval.ingest.lock import lock_library
from retrieval.ingest.progress import OnProgress
from retrieval.ingest.results import IncomingFile, IndexResult
from retrieval.ingest.workload import Workload
from retrieval.parsing.workers import Passwords, know_no_password
from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.originals import hash_file
from retrieval.store.successor import OpenVectors, clear_replaced_library, open_successor
from retrieval.store.trash import sweep_trash


class OriginalMissing(UserError):
    """Documents whose files are nowhere."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("libraries.original_missing", names=", ".join(names))


def rebuild_documents(
    library: Library,
    *,
    vectors: OpenVectors,
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Workload], None] = lambda work: None,
    progress: OnProgress = lambda progress: None,
    passwords: Passwords = know_no_password,
) -> list[IndexResult]:
    """Make the library anew from its originals, as `index_files` does; a run cut short goes on."""
    with lock_library(library.home):
        made = {"embedding": embedding, "chunking": CHUNKING, "header": HEADER}
        if clear_replaced_library(library, vectors) and library.is_made_with(**made):
            # The run before this one was cut short when all but clearing up was done.
            return [
                IndexResult(path=one.origin, outcome="unchanged")
                for one in library.list_documents()
            ]
        sweep_trash(library)
        files = find_originals(library)
        successor = _open_successor(library, vectors, made)
        results = ingest_files(
            files,
            successor,
            lambda: vectors(collection=successor.vector_collection_name()),
            headers=headers,
            agreed=agreed,
            progress=progress,
            passwords=passwords,
        )
        successor.keep_setting(LEFT_COLLECTION, library.vector_collection_name())
        library.replace_contents(successor)
        clear_replaced_library(library, vectors)
        return results


def find_originals(library: Library) -> list[IncomingFile]:
    """The file that each document is to be read from, under the name that it is known by.

    OriginalMissing where a document would be lost.
    """
    # A file that failed in a newer version comes first: its older one that works then stays. And
    # everybody's come last: a user's own copy of one would not be read after it.
    documents = sorted(
        library.list_documents(),
        key=lambda one: (one.is_read, not one.owner),
    )
    found = {one.id: find_original(library, one) for one in documents}
    lost = [one.name for one in documents if one.passages and not found[one.id]]
    if lost:
        raise OriginalMissing(lost)
    return [file for file in found.values() if file]


def find_original(library: Library, document: Document) -> IncomingFile | None:
    """Where a document's content is: in the library, else where it came from."""
    kept, source = library.original_path(document.sha256), document.origin
    if (
        document.is_read and kept.exists()
    ):  # a copy that was decrypted is another file than the document's own
        return IncomingFile(path=kept, source=source, digest=document.sha256, owner=document.owner)
    if not isinstance(source, Path) or not source.is_file():
        return None
    digest = hash_file(source)
    if document.passages and digest != document.sha256:
        return None
    return IncomingFile(path=source, source=source, digest=digest, owner=document.owner)


def _open_successor(library: Library, vectors: OpenVectors, made: dict[str, str]) -> Library:
    """The library beside it, begun anew where anything has changed since it was begun."""
    made = {**made, "rebuilt_from": library.read_state_key()}
    successor = open_successor(library)
    if successor.exists() and not successor.is_made_with(**made):
        vectors().drop_collection(successor.vector_collection_name())
        shutil.rmtree(successor.home)
        successor = open_successor(library)
    successor.keep_settings(**made)
    successor.begin_as_successor(library)
    return successor
