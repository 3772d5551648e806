"""One writer at a time: a library is locked while a run writes to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import UserError

LOCK_FILE = "write.lock"


class LibraryBusy(UserError):
    """Somebody else is writing to the library."""

    def __init__(self, home: Path) -> None:
        super().__init__("libraries.busy", home=home)


@contextmanager
def lock_library(home: Path) -> Iterator[None]:
    """Hold the library's one pen."""
    lock = FileLock(home / LOCK_FILE, timeout=0)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LibraryBusy(home) from error
    except OSError as error:
        raise UserError("libraries.unwritable", home=home, reason=error.strerror) from error
    try:
        yield
    finally:
        lock.release()
