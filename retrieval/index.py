"""Indexing: each file from new to parsed to embedded to ready; a run cut short goes on where it was."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from filelock import FileLock, Timeout

from retrieval.chunk import OVERLAP_TOKENS, PASSAGE_TOKENS, chunks
from retrieval.embed import embed
from retrieval.errors import UnreadableFile, UserError
from retrieval.headers import Headed, HeaderWriter, Unwritten, write_headers
from retrieval.library import Library, file_sha256
from retrieval.progress import Progress, Told
from retrieval.read import read_pdf
from retrieval.successor import settle
from retrieval.vectors import VectorIndex
from retrieval.work import Work, work_before

# Written into the library: passages made otherwise do not mix with these.
CHUNKING = (
    "sentences in reading order, tables whole, references apart, "
    f"{PASSAGE_TOKENS} tokens, {OVERLAP_TOKENS} shared"
)
HEADER = "title and section"

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

    headers: int = 0
    """Headers that a chat model wrote for it in this run."""

    unwritten: Sequence[Unwritten] = ()


class Busy(UserError):
    """Somebody else is writing to the library."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"다른 프로그램이 {home}에 색인하는 중입니다. 끝난 뒤 다시 실행하세요. "
            "(Another process is indexing into this library: wait for it.)"
        )


def pdf_files(paths: Iterable[Path], *, apart_from: Path | None = None) -> list[Path]:
    """The PDFs among files and below folders, but for those below one folder (the library's).

    UserError for a path that is not there, and where there are none.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(
                file for file in path.rglob("*") if file.is_file() and file.suffix.lower() == ".pdf"
            )
        elif path.is_file():
            files.append(path)
        else:
            raise UserError(f"{path}이(가) 없습니다. 경로를 확인하세요. (No such file or folder.)")
    files = [file.resolve() for file in files]
    if apart_from:
        files = [file for file in files if not file.is_relative_to(apart_from.resolve())]
    if not files:
        raise UserError("PDF 파일을 찾지 못했습니다. 경로를 확인하세요. (No PDF files there.)")
    return list(dict.fromkeys(files))


def index_files(
    files: Iterable[Path],
    *,
    library: Library,
    vectors: Callable[[], VectorIndex],
    embedding: str,
    headers: Callable[[], HeaderWriter] | None = None,
    agreed: Callable[[Work], None] = lambda work: None,
    progress: Told = lambda progress: None,
) -> list[Indexed]:
    """Bring files into the library; what cannot be read is named, and the rest goes on.

    With `headers`, a chat model writes them, for documents of these files that are ready too.
    Before models are asked, `agreed` is told what is to be done; what it raises ends the run,
    and what was read is kept.
    """
    with writing(library.home):
        library.keep_settings(embedding=embedding, chunking=CHUNKING, header=HEADER)
        settle(library, vectors)
        read = {path: path for path in files}
        return bring(read, library, vectors, headers=headers, agreed=agreed, progress=progress)


def bring(
    files: Mapping[Path, Path],
    library: Library,
    vectors: Callable[[], VectorIndex],
    *,
    headers: Callable[[], HeaderWriter] | None,
    agreed: Callable[[Work], None],
    progress: Told,
) -> list[Indexed]:
    """Bring files, each under the name of another, from new to ready."""
    library.expect(_unknown(files, library))
    parsed = []
    for read, (path, source) in enumerate(files.items()):
        told = Progress(done=read, total=len(files), document=source.name, step="reading")
        progress(replace(told, documents=(read, len(files))))
        parsed.append(_parse(path, library, source))
    agreed(work_before(library))
    if headers:
        parsed = _head(parsed, library, headers, progress)
    embed(library, vectors, progress)
    return parsed


def _unknown(files: Mapping[Path, Path], library: Library) -> dict[Path, str]:
    """The names of the files whose content the library does not have, and their digests."""
    there = {source: file_sha256(path) for path, source in files.items() if _is_readable(path)}
    return {source: digest for source, digest in there.items() if not library.source_of(digest)}


def _is_readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def plan_files(files: Mapping[Path, Path], *, library: Library) -> tuple[list[Indexed], Work]:
    """What would become of files under their names, and the work it would be.

    The library stays as it is.
    """
    with TemporaryDirectory() as folder:
        scratch = Library(Path(folder))
        planned = [
            Indexed(path=source, outcome="unchanged")
            if library.exists() and _is_held(path, library)
            else _parse(path, scratch, source)
            for path, source in files.items()
        ]
        return planned, work_before(scratch)


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


def _parse(path: Path, library: Library, source: Path) -> Indexed:
    """Read one file into the ledger under a name, unless its content is there already."""
    try:
        digest = file_sha256(path)
    except OSError as error:
        return Indexed(
            path=source, outcome="failed", reason=f"파일을 열 수 없습니다: {error.strerror}"
        )
    library.drop_unfinished(source, apart_from=digest)
    if held := library.source_of(digest):
        if held != source and not _has_content(held, digest):
            library.move(digest, source)
        return Indexed(path=source, outcome="unchanged")
    try:
        paper = read_pdf(path)
    except UnreadableFile as error:
        library.add_failed(source, digest, str(error))
        return Indexed(path=source, outcome="failed", reason=str(error))
    parts = list(chunks(paper))
    library.add_parsed(
        source,
        digest,
        title=paper.title,
        pages=len(paper.pages),
        chunks=parts,
    )
    return Indexed(path=source, outcome="indexed", passages=len(parts), hidden=paper.hidden)


def _has_content(path: Path, digest: str) -> bool:
    """Whether the file is still what it was when it was indexed."""
    return path.is_file() and file_sha256(path) == digest


def _head(
    parsed: Sequence[Indexed],
    library: Library,
    open_writer: Callable[[], HeaderWriter],
    progress: Told,
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
        told = Progress(done=done, total=total, document=document, step="headers")
        progress(replace(told, passages=(done, total)))

    headed = write_headers(lacking, library=library, writer=open_writer(), progress=told)
    none = Headed(written=0, unwritten=())
    return [
        replace(one, headers=of.written, unwritten=of.unwritten)
        for one in parsed
        for of in [headed.get(str(one.path), none)]
    ]
