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
        super().__init__(
            f"다른 프로그램이 {home}에 색인하는 중입니다. 끝난 뒤 다시 실행하세요. "
            "(Another process is indexing into this library: wait for it.)"
        )


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
        raise UserError(
            f"{home}에 쓸 수 없습니다({error.strerror}). 폴더와 권한을 확인하거나 MUNHEON_HOME을 바꾸세요. "
            "(Cannot write there.)"
        ) from error
    try:
        yield
    finally:
        lock.release()
