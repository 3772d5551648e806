"""A download on standard error: a bar with the time left, or plain lines now and then."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.progress import Progress, TaskID

from language.catalogue import Text
from models.downloads.downloadable import write_gigabytes
from ui.command.progress import Lines, open_bars, write_time_left

TASK = "내려받기"


class DownloadDisplay(Protocol):
    """Somebody who watches a download."""

    def show(self, done: int, total: int) -> None:
        """Show that so many bytes of so many are there."""

    def note(self, line: Text) -> None:
        """Say something in passing."""


@contextmanager
def show_download() -> Iterator[DownloadDisplay]:
    """A bar on a terminal, which goes in the end; lines elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    with open_bars() as bars:
        yield _Bar(bars)


class _Bar:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def show(self, done: int, total: int) -> None:
        if self._task is None:  # what was there before says nothing of the speed
            self._task = self._bars.add_task(TASK, completed=done, total=total, detail="")
        self._bars.update(self._task, completed=done, detail=_write_size(done, total))

    def note(self, line: Text) -> None:
        if self._task is not None:
            self._bars.update(self._task, detail=f"{line.write()}…")


class _Lines:
    def __init__(self) -> None:
        self._lines = Lines()
        self._begun: tuple[float, int] | None = None

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        began, first = self._begun = self._begun or (now, done)
        line = f"{TASK} {_write_size(done, total)} ({done / total:.0%})"
        if done > first:
            line += f", {write_time_left((now - began) / (done - first) * (total - done))}"
        self._lines.add(line.removesuffix(", "))

    def note(self, line: Text) -> None:
        click.echo(f"{line.write()}…", err=True)


def _write_size(done: int, total: int) -> str:
    return f"{write_gigabytes(done)}/{write_gigabytes(total)}"
