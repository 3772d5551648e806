"""Read files in processes of their own: one that hangs or crashes takes no other down."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self

from retrieval.errors import FileLocked, UnreadableFile, WrongPassword
from retrieval.parsing.files import FileReading

Outcome = FileReading | UnreadableFile
Passwords = Callable[[Path, int], str | None]
"""The password for a file at the n-th try, from 0; None: there is no other."""

START = "from retrieval.parsing.worker import serve_readings; serve_readings({})"


def know_no_password(path: Path, tries: int) -> None:
    """Nobody knows a password."""


@dataclass
class _ReaderProcess:
    """A process that reads, and the file in its hands."""

    process: subprocess.Popen[bytes]
    connection: Connection
    path: Path | None = None

    def give_file(self, path: Path, password: str) -> None:
        """Have it read a file."""
        self.path = path
        self.connection.send((path, password))

    def end_process(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self.process.kill()
        self.process.wait()


class ReaderPool:
    """Processes that read files side by side, ahead of whoever asks for them in their order."""

    def __init__(self, paths: Iterable[Path], *, passwords: Passwords = know_no_password) -> None:
        self._waiting = deque(dict.fromkeys(paths))
        self._passwords = passwords
        self._outcomes: dict[Path, Outcome] = {}
        self._workers: list[_ReaderProcess] = []

    def __enter__(self) -> Self:
        for _ in range(min(os.cpu_count() or 1, len(self._waiting))):
            self._workers.append(_start_process())
        self._give_files()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end_process()

    def read_file(self, path: Path) -> FileReading:
        """What a file holds; UnreadableFile says why there is nothing to read."""
        outcome = self._wait_for_outcome(path, "")
        tries = 0
        while isinstance(outcome, FileLocked):
            password = self._passwords(path, tries)
            if password is None:
                break
            outcome, tries = self._wait_for_outcome(path, password), tries + 1
        if isinstance(outcome, UnreadableFile):
            raise WrongPassword if isinstance(outcome, FileLocked) and tries else outcome
        return outcome

    def _wait_for_outcome(self, path: Path, password: str) -> Outcome:
        """What became of a file that is being read, or is to be read now."""
        if password:
            self._read_with_password(path, password)
        elif path not in self._outcomes and path not in self._list_files_under_way():
            self._waiting.appendleft(path)
        self._give_files()
        while path not in self._outcomes:
            self._collect_outcomes()
            self._give_files()
        return self._outcomes.pop(path)

    def _list_files_under_way(self) -> set[Path | None]:
        return {*self._waiting, *(worker.path for worker in self._workers)}

    def _read_with_password(self, path: Path, password: str) -> None:
        """Have a file read with a password, by whoever is free first."""
        while all(worker.path for worker in self._workers) and self._workers:
            self._collect_outcomes()
        self._take_free_worker().give_file(path, password)

    def _take_free_worker(self) -> _ReaderProcess:
        for worker in [worker for worker in self._workers if not worker.path]:
            if worker.process.poll() is None:
                return worker
            worker.end_process()  # it died with nothing in hand
            self._workers.remove(worker)
        self._workers.append(_start_process())
        return self._workers[-1]

    def _give_files(self) -> None:
        """Give waiting files to whoever is free."""
        while self._waiting and (
            not self._workers or any(not worker.path for worker in self._workers)
        ):
            self._take_free_worker().give_file(self._waiting.popleft(), "")

    def _collect_outcomes(self) -> None:
        """Wait for what becomes of some file; a process that ended is replaced when needed."""
        busy = {worker.connection: worker for worker in self._workers if worker.path}
        for connection in wait(list(busy)):
            assert isinstance(connection, Connection)
            worker = busy[connection]
            assert worker.path
            path, worker.path = worker.path, None
            try:
                self._outcomes[path] = connection.recv()
            except (EOFError, OSError):  # it ended, perhaps in mid-sentence
                self._outcomes[path] = _explain_end(worker.process.wait())
                worker.end_process()
                self._workers.remove(worker)


def _start_process() -> _ReaderProcess:
    ours, theirs = Pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", START.format(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_THREAD_LIMIT": "1"},
    )
    theirs.close()
    return _ReaderProcess(process, ours)


def _explain_end(code: int) -> UnreadableFile:
    """Why a process ended, told by what it left."""
    if code == -signal.SIGALRM:
        return UnreadableFile("reading.over_time")
    name = signal.Signals(-code).name if code < 0 else str(code)
    return UnreadableFile("reading.crashed", signal=name)
