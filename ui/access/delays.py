"""Whoever fails to sign in waits, longer each time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# Seconds to wait, growing with the failures past those that are free.
WAITS = (5, 15, 60, 300, 900)
# Nobody is remembered for longer than this after their wait.
FORGOTTEN_SECONDS = 3_600
# How many are remembered; a flood of names costs no more memory.
MOST = 10_000


@dataclass
class _Failures:
    count: int = 0
    until: float = 0


class Delays:
    """How long each key (a name, an address) has to wait before the next try."""

    def __init__(
        self, *, free: int, longest: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._free = free
        self._waits = [wait for wait in WAITS if wait <= longest]
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def seconds_left(self, key: str) -> float:
        """How long a key still has to wait."""
        failures = self._failures.get(key)
        return max(0, failures.until - self._clock()) if failures else 0

    def count_try(self, key: str) -> None:
        """Count a try as failed until it has not: many at once get no further than one by one."""
        failures = self._failures.pop(key, _Failures())
        if self._clock() > failures.until + FORGOTTEN_SECONDS:
            failures = _Failures()
        failures.count += 1
        failures.until = self._clock() + self._wait_after(failures.count)
        self._failures[key] = failures
        if len(self._failures) > MOST:
            self._failures.popitem(last=False)

    def take_back(self, key: str) -> None:
        """A try that did not fail."""
        if failures := self._failures.get(key):
            failures.count -= 1
            failures.until = 0

    def forget(self, key: str) -> None:
        """All tries of a key are forgotten."""
        self._failures.pop(key, None)

    def _wait_after(self, failures: int) -> int:
        past = failures - self._free
        return self._waits[min(past, len(self._waits)) - 1] if past > 0 else 0
