"""What is opened when it is first needed."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Opened = TypeVar("Opened")


class Once(Generic[Opened]):
    """Opens something at the first call, once for all threads; a failure is tried again."""

    def __init__(self, open: Callable[[], Opened]) -> None:
        self._open = open
        self._lock = Lock()
        self._opened: list[Opened] = []

    def get_value(self) -> Opened:
        """The thing, opened."""
        with self._lock:
            if not self._opened:
                self._opened.append(self._open())
            return self._opened[0]
