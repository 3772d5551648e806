"""Libraries on disks or in folders that can only be read.

SQLite reads library.db as it lies. Chroma has to write where it reads, so it is given a copy of its
files in a temporary folder, which goes with the process. So is SQLite where a killed run has left a
log that has to be worked in, or the tables are of an older version.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from errno import EBUSY
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from urllib.parse import quote

from retrieval.errors import UserError
from retrieval.store.schema import is_up_to_date

Stamp = tuple[tuple[str, int, int], ...]
"""Of files: their names, sizes and times."""

# Files that another process changes while they are copied are copied again, so many times.
TRIES = 3
_copies: dict[Path, tuple[Stamp, TemporaryDirectory[str]]] = {}
_COPYING = Lock()


def can_write(*paths: Path) -> bool:
    """Whether those of the paths that are there can be changed."""
    return all(os.access(path, os.W_OK) for path in paths if path.exists())


def open_read_only(path: Path, prepare: Callable[[Path], sqlite3.Connection]) -> sqlite3.Connection:
    """A connection that reads a database; `prepare` opens the copy that it may need."""
    log = path.with_name(f"{path.name}-wal")
    if not (log.exists() and log.stat().st_size):
        name = f"file:{quote(os.fsencode(path))}?immutable=1"
        connection = sqlite3.connect(name, uri=True)
        connection.row_factory = sqlite3.Row
        if _has_all(connection):
            return connection
        connection.close()
    copied = copy_to_temporary(path, log) / path.name
    connection = prepare(copied)
    # Else what is written would seem to be kept.
    connection.execute("PRAGMA query_only = ON")
    return connection


def copy_to_temporary(*paths: Path) -> Path:
    """A folder of this process with copies of files, or of all below folders, as they are now.

    UserError where they cannot be copied.
    """
    with _COPYING:
        try:
            known = _copies.get(paths[0])
            if known is None or known[0] != _read_stamp(paths):
                made = _copies[paths[0]] = _make_copy(paths)
                if known:
                    known[1].cleanup()
                known = made
        except OSError as error:
            raise UserError(
                "libraries.not_copied", home=paths[0].parent, reason=error.strerror
            ) from error
        return Path(known[1].name)


def _make_copy(paths: tuple[Path, ...]) -> tuple[Stamp, TemporaryDirectory[str]]:
    for _ in range(TRIES):
        stamp, folder = _read_stamp(paths), TemporaryDirectory(prefix="munheon-")
        for file in _list_files(paths):
            copied = Path(folder.name) / file.relative_to(paths[0].parent)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
        if _read_stamp(paths) == stamp:
            return stamp, folder
    raise OSError(EBUSY, os.strerror(EBUSY))


def _has_all(connection: sqlite3.Connection) -> bool:
    try:
        return is_up_to_date(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise


def _list_files(paths: tuple[Path, ...]) -> list[Path]:
    below = [file for path in paths for file in sorted(path.rglob("*"))]
    return [file for file in (*paths, *below) if file.is_file()]


def _read_stamp(paths: tuple[Path, ...]) -> Stamp:
    return tuple(
        (str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in _list_files(paths)
    )
