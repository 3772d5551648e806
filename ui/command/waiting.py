"""A sign of life where a model server lets the command line wait."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread

import click
from rich.console import Console
from rich.status import Status
from rich.text import Text

from language.catalogue import write_text

# Seconds without a word after which a person wonders.
SILENT_SECONDS = 10.0

NoteWord = Callable[[], None]
"""To be called, before anything is printed, with each word of the server's."""


@contextmanager
def tell_of_silence() -> Iterator[NoteWord]:
    """Say on standard error that a server is waited for, once it has been silent for a while."""
    watch = _SilenceWatch()
    Thread(target=watch.run, daemon=True).start()
    try:
        yield watch.note_word
    finally:
        watch.end()


class _SilenceWatch:
    """Shows a line, with the seconds on a terminal, from some time after the last word to the next."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._last = time.monotonic()
        self._is_over = False
        self._status: Status | None = None
        self._is_told = False

    def run(self) -> None:
        """Watch until it is over."""
        with self._changed:
            while not self._is_over:
                silent = time.monotonic() - self._last
                if silent >= SILENT_SECONDS:
                    self._tell(silent)
                self._changed.wait(1.0 if self._is_told else SILENT_SECONDS - silent)

    def note_word(self) -> None:
        """Take the line away, and begin anew."""
        with self._changed:
            self._last = time.monotonic()
            self._hide()
            self._changed.notify()

    def end(self) -> None:
        """Take the line away for good."""
        with self._changed:
            self._is_over = True
            self._hide()
            self._changed.notify()

    def _tell(self, seconds: float) -> None:
        line = write_text("waiting.silence", seconds=f"{seconds:.0f}")
        if not sys.stderr.isatty():
            if not self._is_told:
                click.echo(line, err=True)
        elif self._status:
            self._status.update(Text(line))
        else:
            console = Console(stderr=True, markup=False, highlight=False, emoji=False)
            self._status = console.status(Text(line))
            self._status.start()
        self._is_told = True

    def _hide(self) -> None:
        if self._status:
            self._status.stop()
        self._status, self._is_told = None, False
