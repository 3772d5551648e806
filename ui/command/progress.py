"""What takes long, on standard error: bars with the time left, or plain lines now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
)
from rich.table import Column
from rich.text import Text as StyledText

from language.catalogue import Text
from retrieval.ingest.progress import Progress as IndexProgress
from ui.amounts import write_dollars, write_duration
from ui.command.prompts import ask_password, confirm_cost
from ui.command.waiting import tell_of_silence

if TYPE_CHECKING:  # Chroma and its kind take seconds to import, and most commands need none
    from indexing.estimate import Estimate

# Seconds between two lines where there is no terminal: a log stays short, and shows life.
LINE_SECONDS = 30.0
BAR_WIDTH = 20  # characters
STEP_NAMES = {"fetching": "받기", "reading": "읽기", "headers": "머리말", "embedding": "색인"}

OnProgress = Callable[[Text], None]
Item = TypeVar("Item")


@contextmanager
def show_loading() -> Iterator[OnProgress]:
    """Passing lines about a model being opened; on a terminal they go once it is open."""
    if not sys.stderr.isatty():
        yield _print_line
        return
    with _open_console().status("") as status:
        yield lambda line: status.update(StyledText(f"{line.write()}…"))


def track(
    items: Iterable[Item], total: int, *, is_shown: bool, what: str = "질문"
) -> Iterator[Item]:
    """The items, with how many of `total` are there and the time left."""
    if not is_shown:
        yield from _track_silence(items)
    elif sys.stderr.isatty():
        yield from _track_with_bar(items, total, what)
    else:
        yield from _track_in_lines(items, total, what)


class IndexDisplay:
    """An indexing run: a bar for each step, with the time left and the document in hand."""

    def __init__(self) -> None:
        self._bars = open_bars() if sys.stderr.isatty() else None
        self._tasks: dict[str, TaskID] = {}
        self._lines = Lines()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars:
            self._bars.stop()

    def show(self, progress: IndexProgress) -> None:
        """Show how far the run is."""
        is_new = progress.step not in self._tasks
        if self._bars:
            self._show_bar(self._bars, progress)
        else:
            self._tasks.setdefault(progress.step, TaskID(0))
            self._lines.add(_write_line(progress), at_once=is_new)

    def note(self, line: Text) -> None:
        """Say something in passing."""
        if self._bars and self._tasks:
            self._bars.update(list(self._tasks.values())[-1], detail=f"{line.write()}…")
        else:
            _print_line(line)

    def ask_password(self, path: Path) -> str | None:
        """The password of a PDF, as it is typed; None where nobody can answer or wants to."""
        with self._paused():
            return ask_password(path)

    def confirm_cost(self, estimate: Estimate) -> bool:
        """Whether to go on at this cost; UserError where nobody can answer."""
        with self._paused():
            return confirm_cost(estimate)

    def _show_bar(self, bars: Progress, progress: IndexProgress) -> None:
        if progress.step not in self._tasks:
            bars.start()
            for earlier in self._tasks.values():
                bars.update(earlier, visible=False)
            self._tasks[progress.step] = bars.add_task(STEP_NAMES[progress.step], detail="")
        bars.update(
            self._tasks[progress.step],
            total=progress.total,
            completed=progress.done,
            seconds_left=progress.seconds_left,
            detail=describe_progress(progress),
        )

    @contextmanager
    def _paused(self) -> Iterator[None]:
        """Without the bars, which would be drawn over a question."""
        if not (self._bars and self._tasks):
            yield
            return
        self._bars.stop()
        try:
            yield
        finally:
            self._bars.start()


def describe_progress(progress: IndexProgress) -> str:
    """Documents and passages, cost so far, and the document in hand."""
    (document, documents), (passage, passages) = progress.documents, progress.passages
    parts = [
        f"문서 {document}/{documents}" if documents else "",
        f"구절 {passage}/{passages}" if passages else "",
        f"지금까지 {write_dollars(progress.usd)}" if progress.usd else "",
        progress.document,
    ]
    return ", ".join(filter(None, parts))


class _TimeLeft(ProgressColumn):
    """The time left, as the run itself has it or by the speed of the bar."""

    def render(self, task: Task) -> StyledText:
        seconds = task.fields.get("seconds_left", task.time_remaining)
        return StyledText(write_time_left(seconds))


class Lines:
    """Plain lines, not too many."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def add(self, line: str, *, at_once: bool = False) -> None:
        """Print the line, unless the last one is hardly gone."""
        if at_once or time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            click.echo(line, err=True)


def _track_silence(items: Iterable[Item]) -> Iterator[Item]:
    with tell_of_silence() as note_word:
        for item in items:
            note_word()
            yield item


def _track_with_bar(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    with open_bars() as bars:
        task = bars.add_task(what, total=total, detail=f"0/{total}개")
        for done, item in enumerate(items, start=1):
            bars.update(task, completed=done, detail=f"{done}/{total}개")
            yield item


def _track_in_lines(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    lines, started = Lines(), time.monotonic()
    for done, item in enumerate(items, start=1):
        left = (time.monotonic() - started) / done * (total - done)
        lines.add(_join([f"{what} {done}/{total}개", write_time_left(left)]))
        yield item


def _write_line(progress: IndexProgress) -> str:
    share = f"{STEP_NAMES[progress.step]} {progress.done / max(progress.total, 1):.0%}"
    left = write_time_left(progress.seconds_left)
    return _join([share, describe_progress(progress), left])


def write_time_left(seconds: float | None) -> str:
    """About so long still; nothing where nobody knows."""
    return f"남은 시간 약 {write_duration(seconds)}" if seconds else ""


def _join(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))


def _print_line(line: Text) -> None:
    click.echo(f"{line.write()}…", err=True)


def open_bars() -> Progress:
    """Bars that leave the rest of the line to `detail`, and go when they are done."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=BAR_WIDTH),
        TaskProgressColumn(),
        _TimeLeft(table_column=Column(no_wrap=True)),
        TextColumn(
            "{task.fields[detail]}",
            markup=False,
            table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
        ),
        console=_open_console(),
        expand=True,
        transient=True,
        # Where standard output goes to a file, its lines must not be drawn beside the bars.
        redirect_stdout=sys.stdout.isatty(),
    )


def _open_console() -> Console:
    return Console(stderr=True, markup=False, highlight=False, emoji=False)
