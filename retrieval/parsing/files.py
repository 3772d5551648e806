"""Read one file of any kind into passages."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from language.catalogue import Language
from language.publication import Publication
from retrieval.errors import UserError
from retrieval.file_names import find_path, show_text
from retrieval.parsing.chunks import Chunk, cut_chunks
from retrieval.parsing.kinds import SUFFIXES, find_kind
from retrieval.parsing.other_kinds import describe_other_kinds
from retrieval.parsing.pdf import read_pdf
from retrieval.parsing.text_files import read_text_file

# What systems and programs leave beside files: macOS' halves, the locks of Office, lists of pictures.
LEFT_BEHIND = re.compile(r"\._|~\$|(?:\.DS_Store|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)


class PathUnreadable(UserError):
    """A path that cannot be looked at."""

    def __init__(self, error: OSError) -> None:
        super().__init__("reading.path_unreadable", reason=error.strerror)


class NothingReadable(UserError):
    """There is no file of a kind that is read; with how many there are of others, by their suffixes."""

    def __init__(self, others: Mapping[str, int]) -> None:
        super().__init__("reading.nothing_found")
        self.others = others

    def write(self, language: Language | None = None) -> str:
        """It in the reader's language, or in `language`, behind what is told of the others."""
        told = [describe_other_kinds(self.others, language), super().write(language)]
        return " ".join(filter(None, told))


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
    paper = read_text_file(path) if find_kind(path) == "text" else read_pdf(path, password)
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
    """Files as they are named, and those of readable kinds below folders; none below `apart_from`.

    UserError for a path that is not there, and where there are none.
    """
    given = list(paths)
    files = [
        file
        for path in given
        for file in _find_files(path, apart_from)
        if _locate(path).is_file() or _is_readable(file)
    ]
    if not files:
        raise NothingReadable(count_other_kinds(given, apart_from=apart_from))
    return list(dict.fromkeys(files))


def count_other_kinds(
    paths: Iterable[Path], *, apart_from: Path | None = None
) -> Mapping[str, int]:
    """How many files of each suffix below folders are passed over, for they are of kinds not read."""
    folders = [path for path in paths if _locate(path).is_dir()]
    files = {file for folder in folders for file in _find_files(folder, apart_from)}
    return Counter(file.suffix.lower() for file in files if not _is_readable(file))


def _locate(given: Path) -> Path:
    """The path that a person means; PathUnreadable where no system takes it."""
    try:
        return find_path(given)
    except OSError as error:
        raise PathUnreadable(error) from error


def _is_readable(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES


def _find_files(given: Path, apart_from: Path | None) -> list[Path]:
    """A file itself, or all below a folder but what systems leave there; UserError for neither."""
    path = _locate(given)
    try:
        if path.is_file():
            files = [path]
        elif path.is_dir():
            files = sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and not _is_hidden(file.relative_to(path))
            )
        else:
            key = "reading.not_a_file" if os.path.lexists(path) else "reading.no_such_path"
            raise UserError(key, path=show_text(str(given)))
        found = [file.resolve() for file in files if not LEFT_BEHIND.match(file.name)]
    except OSError as error:
        raise PathUnreadable(error) from error
    return [one for one in found if not (apart_from and one.is_relative_to(apart_from.resolve()))]


def _is_hidden(below: Path) -> bool:
    return any(part.startswith(".") for part in below.parts)
