"""A cassette: calls to models and what came of them, a line of JSON each, to be played again."""

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock, Timeout

from language.catalogue import Text
from models.errors import NotRecorded
from retrieval.errors import UserError

FORMAT = 1

Asked = Mapping[str, Any]
"""A call, as JSON."""

Got = Mapping[str, Any]
"""What came of it, as JSON."""


class BadCassette(UserError):
    """A file that is no cassette, or cannot be written."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__("chat_models.bad_cassette", cassette=path, reason=reason)


class Cassette:
    """Calls kept in a file: played where it holds them, recorded where it does not.

    A call made more than once is answered in the order recorded, and then as it was last. One that
    `plays_only` raises NotRecorded for a call that it does not hold, and the run can go on.
    """

    def __init__(self, path: Path, *, plays_only: bool = False) -> None:
        self.path = path
        self.plays_only = plays_only
        self.models: Mapping[str, str] = {}
        """The names of the models that it was recorded with, by kind."""

        self.played = self.recorded = self.missed = 0
        self.fault: UserError | None = None
        """Set once a call could be neither played nor made, or not be kept: a run may as well end."""

        self._replies: dict[str, deque[Got]] = {}
        self._torn_at: int | None = None
        self._lock = Lock()
        self._writer = FileLock(f"{path}.lock", thread_local=False, is_singleton=True)
        self._size = self._read_file()

    def begin_file(self, models: Mapping[str, str]) -> None:
        """Start the file, unless it holds calls already, with the names of the models."""
        if not self._replies and not self.plays_only:
            self._write_lines("wb", {"cassette": FORMAT, "models": models})
            self._torn_at = None

    def play_call(self, asked: Asked) -> Got | None:
        """What came of a call when it was recorded; None where a model is to be asked."""
        with self._lock:
            replies = self._replies.get(_hash_call(asked))
            if not replies:
                self.missed += 1
                if self.plays_only:
                    raise NotRecorded(self.path)
                return None
            self.played += 1
            return replies.popleft() if len(replies) > 1 else replies[0]

    def forget_reply(self, asked: Asked, got: Got) -> None:
        """Play a reply no more in this run."""
        with self._lock:
            replies = self._replies.get(_hash_call(asked))
            if replies and replies[0] is got:
                replies.popleft()

    def record_calls(self, *calls: tuple[Asked, Got]) -> None:
        """Keep calls that have ended; a kill from now on does not lose them."""
        with self._lock:
            self._write_lines("ab", *({"asked": asked, "got": got} for asked, got in calls))
            self.recorded += len(calls)

    def count_calls(self) -> dict[str, int]:
        """How many were played, and recorded; and missed, which a model was asked for."""
        return {"played": self.played, "recorded": self.recorded, "missed": self.missed}

    @contextmanager
    def explain_lack(self) -> Iterator[None]:
        """Where no model can be asked in its place, say that the cassette lacks the call."""
        try:
            yield
        except UserError as error:
            self.fault = NotRecorded(self.path, error)
            raise self.fault from error

    def _write_lines(self, mode: str, *lines: Mapping[str, Any]) -> None:
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        if self.fault:  # half a line may stand there
            raise self.fault
        try:
            self._lock_file()
            if self._torn_at is not None:
                os.truncate(self.path, self._torn_at)
                self._torn_at = None
            with self.path.open(mode) as file:
                file.write(text.encode())
        except BadCassette as fault:
            self.fault = fault
            raise
        except OSError as error:
            self.fault = BadCassette(self.path, str(error.strerror))
            raise self.fault from error

    def _lock_file(self) -> None:
        """Keep other processes from recording, until this one ends; many may play at once."""
        if self._writer.is_locked:
            return
        if not self.path.parent.is_dir():  # which a lock would make
            raise BadCassette(self.path, Text("chat_models.no_folder"))
        try:
            self._writer.acquire(blocking=False)
        except Timeout as error:
            raise BadCassette(self.path, Text("chat_models.recording")) from error
        if self._size != (self.path.stat().st_size if self.path.exists() else 0):
            raise BadCassette(self.path, Text("chat_models.changed_since"))

    def _read_file(self) -> int:
        """Load the file, and how long it is; a last line that a kill cut short counts as not there."""
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise BadCassette(self.path, str(error.strerror)) from error
        if not content:
            return 0
        *whole, torn = content.split(b"\n")
        self._torn_at = len(content) - len(torn) if torn else None
        header, *lines = whole or [torn]
        models = self._parse_line(1, header, "cassette", "models")
        if models["cassette"] != FORMAT:
            raise BadCassette(self.path, Text("chat_models.unknown_format"))
        for number, line in enumerate(lines, start=2):
            call = self._parse_line(number, line, "asked", "got")
            self._replies.setdefault(_hash_call(call["asked"]), deque()).append(call["got"])
        if self._replies:
            self.models = models["models"]
        return len(content)

    def _parse_line(self, number: int, line: bytes, *names: str) -> dict[str, Any]:
        """The object that a line holds."""
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict) or set(names) - set(found):
            raise BadCassette(self.path, Text("chat_models.no_line", number=number))
        return found


def _hash_call(asked: Asked) -> str:
    """The same for the same call, however its fields are ordered."""
    return json.dumps(asked, sort_keys=True)
