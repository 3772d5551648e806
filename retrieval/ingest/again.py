"""Index one document again, which is searched as it was until the new reading is complete."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.ingest.headers import HeaderWriter
from retrieval.ingest.ledger import CHUNKING, HEADER, ingest_files
from retrieval.ingest.lock import lock_library
from retrieval.ingest.progress import OnProgress
from retrieval.ingest.rebuild import OriginalMissing, find_original
from retrieval.ingest.results import IncomingFile, IndexResult
from retrieval.ingest.workload import Workload
from retrieval.parsing.workers import Passwords, know_no_password
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.originals import hash_file
from retrieval.store.successor import clear_replaced_library
from retrieval.store.vectors import VectorIndex


def index_document_again(
    document: Document,
    *,
    library: Library,
    vectors: Callable[[], VectorIndex],
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Workload], None] = lambda work: None,
    progress: OnProgress = lambda progress: None,
    passwords: Passwords = know_no_password,
    fetched: Sequence[IncomingFile] = (),
) -> list[IndexResult]:
    """Read a document again, from its file where that has changed, else from the kept original.

    `fetched`: in their place, where it came from an address; OriginalMissing where nothing is there.
    """
    with lock_library(library.home):
        library.keep_settings(embedding=embedding, chunking=CHUNKING, header=HEADER)
        clear_replaced_library(library, vectors)
        files = fetched or [_find_newest(library, document)]
        return ingest_files(
            [replace(file, again=True) for file in files],
            library,
            vectors,
            headers=headers,
            agreed=agreed,
            progress=progress,
            passwords=passwords,
        )


def _find_newest(library: Library, document: Document) -> IncomingFile:
    source = document.origin
    if isinstance(source, Path) and source.is_file():
        file = IncomingFile(
            path=source, source=source, digest=hash_file(source), owner=document.owner
        )
        if file.digest != document.sha256:
            return file
    if found := find_original(library, document):
        return found
    raise OriginalMissing([document.name])
