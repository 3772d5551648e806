"""The process that reads files for `retrieval.parsing.workers`, one after the other."""

import ctypes
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from retrieval.errors import UnreadableFile
from retrieval.parsing.files import FileReading, read_file
from retrieval.parsing.limits import limit_memory, start_time_limit, stop_time_limit

PR_SET_PDEATHSIG = 1


def serve_readings(handle: int) -> None:
    """Read each file that is asked for, until nobody is left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks ends us
    if sys.platform == "linux":  # elsewhere we end with the file in our hands
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    limit_memory()
    connection = Connection(handle)
    while True:
        try:
            path, password = connection.recv()
        except EOFError:
            return
        start_time_limit()
        outcome = _read_outcome(path, password)
        stop_time_limit()
        connection.send(outcome)


def _read_outcome(path: Path, password: str) -> FileReading | UnreadableFile:
    """What a file holds, or why that cannot be said."""
    try:
        return read_file(path, password)
    except UnreadableFile as error:
        return error
    except MemoryError:
        return UnreadableFile("reading.over_memory")
    except OSError as error:
        return UnreadableFile("reading.cannot_open", reason=error.strerror or error)
    except Exception as error:  # whatever a file does to a library, the next one is read
        return UnreadableFile("reading.crashed", signal=type(error).__name__)
