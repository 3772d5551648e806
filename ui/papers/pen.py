"""Who writes to the library in this process: the queue, and readers' changes, which go before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from ui.papers.errors import NotNow

# Seconds that a change waits until the batch under way has stopped for it.
PATIENCE = 90.0


class Pen:
    """A lock for which the one who holds it can see that others wait."""

    def __init__(self) -> None:
        self._writing = Lock()
        self._counting = Lock()
        self._waiting = 0

    @property
    def is_wanted(self) -> bool:
        """Whether a reader's change waits."""
        return self._waiting > 0

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Write as the queue does, which gives way."""
        with self._writing:
            yield

    @contextmanager
    def take(self) -> Iterator[None]:
        """Write a reader's change; NotNow where the batch under way does not stop for it."""
        self._count(1)
        try:
            if not self._writing.acquire(timeout=PATIENCE):
                raise NotNow("papers.busy")
        finally:
            self._count(-1)
        try:
            yield
        finally:
            self._writing.release()

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more
