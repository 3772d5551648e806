"""What reading one file may take; the system ends the process that takes more."""

import resource
import signal
from contextlib import suppress

FILE_SECONDS = 60
PAGE_SECONDS = 1
MEMORY = 4 << 30


def limit_memory(size: int = MEMORY) -> None:
    """Let this process have no more memory (where the system can hold it to that: not on macOS)."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def start_time_limit(seconds: int = FILE_SECONDS) -> None:
    """Let the system end this process then; it does so even while a library hangs."""
    signal.alarm(seconds)


def stop_time_limit() -> None:
    """Take the time limit away."""
    signal.alarm(0)


def extend_time_limit(seconds: int) -> None:
    """Give what is being read more time, where its time is limited."""
    if left := signal.alarm(0):
        signal.alarm(left + seconds)
