"""Read one file of any kind into passages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from language.publication import Publication
from retrieval.errors import UserError
from retrieval.parsing.chunks import Chunk, cut_chunks
from retrieval.parsing.pdf import read_pdf
from retrieval.parsing.text_files import SUFFIXES as TEXTS
from retrieval.parsing.text_files import is_text_file, read_text_file


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """What one file holds."""

    title: str
    pages: int
    chunks: tuple[Chunk, ...]
    hidden: int
    warning: str
    publication: Publication
    copy: bytes | None
    """What is kept in the original's place, so that its pages can be shown."""


def read_file(path: Path, password: str = "") -> FileReading:
    """Read a file; UnreadableFile says why there is nothing to read."""
    paper = read_text_file(path) if is_text_file(path) else read_pdf(path, password)
    return FileReading(
        title=paper.title,
        pages=len(paper.pages),
        chunks=tuple(cut_chunks(paper)),
        hidden=paper.hidden,
        warning=paper.warning,
        publication=paper.publication,
        copy=paper.copy,
    )


def list_readable_files(paths: Iterable[Path], *, apart_from: Path | None = None) -> list[Path]:
    """The PDFs and texts among files and below folders, but for those below one folder.

    UserError for a path that is not there, and where there are none.
    """
    try:
        files = [file.resolve() for path in paths for file in _find_files(path)]
    except OSError as error:
        raise UserError(
            f"경로를 읽을 수 없습니다({error.strerror}). 경로를 확인하세요. (The path cannot be read.)"
        ) from error
    if apart_from:
        files = [file for file in files if not file.is_relative_to(apart_from.resolve())]
    if not files:
        raise UserError(
            "PDF, Markdown, 텍스트 파일을 찾지 못했습니다. 경로를 확인하세요. (No PDF files or texts there.)"
        )
    return list(dict.fromkeys(files))


def _find_files(path: Path) -> list[Path]:
    """A file itself, or the PDFs and texts below a folder; UserError where it is neither."""
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and file.suffix.lower() in {".pdf", *TEXTS}
        )
    what = "읽을 수 있는 파일이 아닙니다" if path.exists() or path.is_symlink() else "없습니다"
    raise UserError(f"다음 경로가 {what}: {path}. 경로를 확인하세요. (No such file or folder.)")
