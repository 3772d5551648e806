"""Indexing: each file from new to parsed to ready; a run that was cut short goes on where it was."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from filelock import FileLock, Timeout

from retrieval.chunk import OVERLAP_TOKENS, PASSAGE_TOKENS
from retrieval.errors import UnreadableFile, UserError
from retrieval.headers import Headed, HeaderWriter, Unwritten, write_headers
from retrieval.lexical import open_lexical
from retrieval.library import Document, Library, file_sha256
from retrieval.passages import Passage
from retrieval.vectors import VectorIndex
from retrieval.work import Work, work_before
from retrieval.workers import Passwords, Readers, no_password

# Written into the library: passages made otherwise do not mix with these.
CHUNKING = (
    "sentences in reading order, tables whole, references apart, "
    f"{PASSAGE_TOKENS} tokens, {OVERLAP_TOKENS} shared"
)
HEADER = "title and section"
# Passages embedded between two steps of the progress bar.
BATCH = 16

Outcome = Literal["indexed", "unchanged", "failed"]


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What became of one file."""

    path: Path
    outcome: Outcome
    reason: str = ""
    passages: int = 0
    hidden: int = 0
    """Letters left out because no page shows them."""

    warning: str = ""
    """What may be missing or wrong in what was read."""

    headers: int = 0
    """Headers that a chat model wrote for it in this run."""

    unwritten: Sequence[Unwritten] = ()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a step of an indexing run is."""

    done: int
    total: int
    """Headers to write, or characters to embed."""

    document: str
    step: Literal["headers", "embedding"] = "embedding"


class Busy(UserError):
    """Somebody else is writing to the library."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"다른 프로그램이 {home}에 색인하는 중입니다. 끝난 뒤 다시 실행하세요. "
            "(Another process is indexing into this library: wait for it.)"
        )


def index_files(
    files: Iterable[Path],
    *,
    library: Library,
    vectors: Callable[[], VectorIndex],
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Work], None] = lambda work: None,
    progress: Callable[[Progress], None] = lambda progress: None,
    passwords: Passwords = no_password,
) -> list[Indexed]:
    """Bring files into the library; what cannot be read is named, and the rest goes on.

    With `headers`, a chat model writes them, for documents of these files that are ready too.
    Before models are asked, `agreed` is told what is to be done; what it raises ends the run,
    and what was read is kept.
    """
    with writing(library.home):
        library.keep_settings(embedding=embedding, chunking=CHUNKING, header=HEADER)
        parsed = _parse_all(list(files), library, library, passwords)
        agreed(work_before(library))
        if headers:
            parsed = _head(parsed, library, headers, progress)
        _embed(library, vectors, progress)
        open_lexical(library)  # kept, so that the next search opens at once
        return parsed


def plan_files(
    files: Iterable[Path], *, library: Library, passwords: Passwords = no_password
) -> tuple[list[Indexed], Work]:
    """What would become of files, and the work it would be; the library stays as it is."""
    with TemporaryDirectory() as folder:
        scratch = Library(Path(folder))
        planned = _parse_all(list(files), scratch, library, passwords)
        return planned, work_before(scratch)


def _parse_all(
    files: Sequence[Path], ledger: Library, library: Library, passwords: Passwords
) -> list[Indexed]:
    """Read what the library does not hold into a ledger, side by side, in the order of the files."""
    held = {path for path in files if library.exists() and _is_held(path, library)}
    with Readers([path for path in files if path not in held], passwords=passwords) as readers:
        return [
            Indexed(path=path, outcome="unchanged")
            if path in held and ledger is not library
            else _parse(path, ledger, readers)
            for path in files
        ]


def _is_held(path: Path, library: Library) -> bool:
    return path.is_file() and library.source_of(file_sha256(path)) is not None


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the library's one pen."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / "write.lock", timeout=0):
            yield
    except Timeout as error:
        raise Busy(home) from error
    except OSError as error:
        raise UserError(
            f"{home}에 쓸 수 없습니다({error.strerror}). 폴더와 권한을 확인하거나 MUNHEON_HOME을 바꾸세요. "
            "(Cannot write there.)"
        ) from error


def _parse(path: Path, library: Library, readers: Readers) -> Indexed:
    """Read one file into the ledger, unless its content is there already."""
    try:
        digest = file_sha256(path)
    except OSError as error:
        return Indexed(
            path=path, outcome="failed", reason=f"파일을 열 수 없습니다: {error.strerror}"
        )
    library.drop_unfinished(path, apart_from=digest)
    if held := library.source_of(digest):
        if held != path and not _has_content(held, digest):
            library.move(digest, path)
        return Indexed(path=path, outcome="unchanged")
    try:
        reading = readers.read(path)
    except UnreadableFile as error:
        library.add_failed(path, digest, str(error))
        return Indexed(path=path, outcome="failed", reason=str(error))
    library.add_parsed(
        path,
        digest,
        title=reading.title,
        pages=reading.pages,
        chunks=reading.chunks,
        warning=reading.warning,
        copy=reading.copy,
    )
    return Indexed(
        path=path,
        outcome="indexed",
        passages=len(reading.chunks),
        hidden=reading.hidden,
        warning=reading.warning,
    )


def _has_content(path: Path, digest: str) -> bool:
    """Whether the file is still what it was when it was indexed."""
    return path.is_file() and file_sha256(path) == digest


def _head(
    parsed: Sequence[Indexed],
    library: Library,
    open_writer: Callable[[], HeaderWriter],
    progress: Callable[[Progress], None],
) -> list[Indexed]:
    """Have headers written for all that is parsed, and for what is ready and lacks some."""
    documents = library.documents()
    under_way = [document for document in documents if document.state == "parsed"]
    # What is on its way already, in a new version or with headers, takes the old one's place.
    sources = {str(one.path) for one in parsed} - {document.source for document in under_way}
    ready = [one for one in documents if one.state == "ready" and one.source in sources]
    lacking = [
        document
        for document in (*under_way, *ready)
        if not all(passage.context for passage in library.passages_of(document.id))
    ]
    if not lacking:
        return list(parsed)

    def told(done: int, total: int, document: str) -> None:
        progress(Progress(done=done, total=total, document=document, step="headers"))

    headed = write_headers(lacking, library=library, writer=open_writer(), progress=told)
    none = Headed(written=0, unwritten=())
    return [
        replace(one, headers=of.written, unwritten=of.unwritten)
        for one in parsed
        for of in [headed.get(str(one.path), none)]
    ]


def _waiting(library: Library, held: set[str]) -> Iterator[tuple[Document, list[Passage]]]:
    """The documents that are not ready, or whose vectors got lost, with what is to be embedded."""
    for document in library.documents():
        if document.state == "failed":
            continue
        lacking = library.ids_of(document.id) - held
        if lacking or document.state == "parsed":
            passages = library.passages_of(document.id)
            yield document, [passage for passage in passages if passage.id in lacking]


def _embed(
    library: Library,
    open_vectors: Callable[[], VectorIndex],
    progress: Callable[[Progress], None],
) -> None:
    """Embed what has no vector yet; each document can be searched as soon as it is complete."""
    vectors = open_vectors()
    waiting = list(_waiting(library, vectors.ids()))
    total = sum(len(passage.searched) for _, passages in waiting for passage in passages)
    done = 0
    for document, passages in waiting:
        for start in range(0, len(passages), BATCH):
            progress(Progress(done=done, total=total, document=document.name))
            batch = passages[start : start + BATCH]
            vectors.add(batch)
            done += sum(len(passage.searched) for passage in batch)
        library.set_ready(document.id)
    vectors.delete(sorted(vectors.ids() - library.passage_ids()))
    if waiting:
        progress(Progress(done=total, total=total, document=""))
