"""Indexing: each file from new to parsed to embedded to ready; a run cut short goes on where it was."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.errors import UnreadableFile
from retrieval.file_names import keep_path, show_name
from retrieval.ingest.embed import embed_documents
from retrieval.ingest.headers import HeaderResult, HeaderWriter, write_headers
from retrieval.ingest.lock import lock_library
from retrieval.ingest.progress import OnProgress, Progress
from retrieval.ingest.results import IncomingFile, IndexResult, Outcome, add_unembedded
from retrieval.ingest.workload import Workload, join_workloads, measure_workload
from retrieval.parsing.chunks import OVERLAP_TOKENS, PASSAGE_TOKENS
from retrieval.parsing.kinds import UnsupportedFile, find_kind
from retrieval.parsing.workers import Passwords, ReaderPool, know_no_password
from retrieval.store.contents import Document
from retrieval.store.library import Library
from retrieval.store.originals import hash_file
from retrieval.store.successor import clear_replaced_library
from retrieval.store.trash import find_restorable, sweep_trash, unmark_removed
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import LENGTH as WINDOW
from retrieval.store.windows import WindowVectors

# Written into the library: passages made otherwise do not mix with these.
CHUNKING = (
    "sentences in reading order, Korean words whole, powers as 10^6, tables whole and parted side by side, "
    "references apart, no contents, "
    f"{PASSAGE_TOKENS} tokens, {OVERLAP_TOKENS} shared, found by windows of {WINDOW} characters"
)
HEADER = "title and section"


def index_files(
    files: Iterable[Path],
    *,
    library: Library,
    vectors: Callable[[], VectorIndex],
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Workload], None] = lambda work: None,
    progress: OnProgress = lambda progress: None,
    passwords: Passwords = know_no_password,
    owner: str = "",
) -> list[IndexResult]:
    """Bring files into the library; what cannot be read is named, and the rest goes on.

    `vectors` and `headers`, where a chat model is to write them, are opened once the files are
    read and `agreed` has heard what is left to do and not refused by raising. Raises LibraryBusy where
    somebody else is writing, and passes faults of the models on.
    """
    with lock_library(library.home):
        library.keep_settings(embedding=embedding, chunking=CHUNKING, header=HEADER)
        clear_replaced_library(library, vectors)
        sweep_trash(library)
        return ingest_files(
            discover_files(files, owner=owner),
            library,
            vectors,
            headers=headers,
            agreed=agreed,
            progress=progress,
            passwords=passwords,
        )


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
        return replace(unread, fault=f"파일을 열 수 없습니다: {error.strerror or error}")


def _find_unread(files: Sequence[IncomingFile], library: Library) -> list[IncomingFile]:
    """The files that a run is to read: nothing was made of them yet, or it is to be made again."""
    return [file for file in files if file.digest and (file.again or not _is_held(file, library))]


def _is_held(file: IncomingFile, library: Library) -> bool:
    """Whether a file's owner sees its content in the library already, or it can come back to him."""
    return bool(
        library.find_source(file.digest, owner=file.owner)
        or find_restorable(library, file.digest, owner=file.owner)
    )


def ingest_files(
    files: Sequence[IncomingFile],
    library: Library,
    vectors: Callable[[], VectorIndex],
    *,
    headers: Callable[[], HeaderWriter] | None,
    agreed: Callable[[Workload], None],
    progress: OnProgress,
    passwords: Passwords,
) -> list[IndexResult]:
    """Bring files from new to ready."""
    unknown = _find_unread(files, library)
    for owner in {file.owner for file in files}:
        expected = {file.source: file.digest for file in unknown if file.owner == owner}
        library.expect_files(expected, owner=owner)
    parsed = []
    with ReaderPool([file.path for file in unknown], passwords=passwords) as readers:
        for read, file in enumerate(files):
            step = Progress(
                done=read, total=len(files), document=show_name(file.source), step="reading"
            )
            progress(replace(step, documents=(read, len(files))))
            parsed.append(_parse_file(file, library, readers))
    lacking = _find_headerless(parsed, library) if headers else []
    agreed(measure_workload(library, lacking))
    if headers and lacking:
        parsed = _add_headers(parsed, lacking, library, headers, progress)
    embed_documents(library, vectors, progress)
    return add_unembedded(parsed, WindowVectors(library).list_unembedded())


def plan_files(
    files: Sequence[IncomingFile],
    *,
    library: Library,
    with_headers: bool,
    passwords: Passwords = know_no_password,
) -> tuple[list[IndexResult], Workload]:
    """What would become of files, and the work it would be; the library stays as it is.

    `with_headers`: a chat model would write those that are lacking.
    """
    is_there = library.exists()
    unread = _find_unread(files, library) if is_there else [one for one in files if one.digest]
    unknown = [file.path for file in unread]
    held = [bool(file.digest) and file not in unread for file in files]
    with TemporaryDirectory() as folder, ReaderPool(unknown, passwords=passwords) as readers:
        scratch = Library(Path(folder))
        planned = [
            IndexResult(path=file.source, outcome="unchanged")
            if is_held
            else _parse_file(file, scratch, readers)
            for file, is_held in zip(files, held, strict=True)
        ]
        work = measure_workload(scratch)
    if is_there:
        lacking = _find_headerless(planned, library) if with_headers else []
        work = join_workloads(work, measure_workload(library, lacking))
    return planned, work


def _parse_file(file: IncomingFile, library: Library, readers: ReaderPool) -> IndexResult:
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
        return IndexResult(path=source, outcome="failed", reason=str(error))
    library.add_parsed(
        source,
        digest,
        title=reading.title,
        pages=reading.pages,
        chunks=reading.chunks,
        warning=reading.warning,
        copy=reading.copy,
        owner=owner,
    )
    return IndexResult(
        path=source,
        outcome="indexed",
        passages=len(reading.chunks),
        hidden=reading.hidden,
        warning=reading.warning,
    )


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
        unmark_removed(library, removed, source=keep_path(source), name=show_name(source))
        return IndexResult(
            path=source, outcome="indexed", passages=removed.passages, is_restored=True
        )
    return None


def _is_unchanged(path: Path, digest: str) -> bool:
    """Whether the file is still what it was when it was indexed."""
    return path.is_file() and hash_file(path) == digest


def _find_headerless(results: Sequence[IndexResult], library: Library) -> list[Document]:
    """What is parsed, and what is ready of the files of a run, where passages lack a header."""
    documents = library.list_documents()
    under_way = [document for document in documents if document.state == "parsed"]
    # What is on its way already, in a new version or with headers, takes the old one's place.
    sources = {keep_path(one.path) for one in results} - {document.source for document in under_way}
    ready = [one for one in documents if one.state == "ready" and one.source in sources]
    return [
        document
        for document in (*under_way, *ready)
        if not all(passage.context for passage in library.list_passages_of_document(document.id))
    ]


def _add_headers(
    parsed: Sequence[IndexResult],
    lacking: Sequence[Document],
    library: Library,
    open_writer: Callable[[], HeaderWriter],
    progress: OnProgress,
) -> list[IndexResult]:
    """Have headers written for the documents that lack some."""

    def told(done: int, total: int, document: str) -> None:
        step = Progress(done=done, total=total, document=document, step="headers")
        progress(replace(step, passages=(done, total)))

    headed = write_headers(lacking, library=library, writer=open_writer(), progress=told)
    none = HeaderResult(written=0, unwritten=())
    return [
        replace(one, headers=of.written, unwritten=of.unwritten)
        for one in parsed
        for of in [headed.get(keep_path(one.path), none)]
    ]
