"""How far an indexing run is: told to who started it, and kept for the library's other readers."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

PROGRESS_FILE = "progress.json"
# Seconds between two notes for other processes, and after which a note is of a run that was killed.
EVERY, STALE = 0.5, 120

Step = Literal["fetching", "reading", "headers", "embedding"]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a step of an indexing run is."""

    done: int
    total: int
    """Bytes to fetch, files to read, headers to write, or characters to embed."""

    document: str
    step: Step = "embedding"
    documents: tuple[int, int] = (0, 0)
    """How many are done, of how many."""

    passages: tuple[int, int] = (0, 0)
    usd: float | None = None
    """What the run has cost so far; None where a price is not known."""

    seconds_left: float | None = None
    """Until the step is done; None before anything can be said."""


OnProgress = Callable[[Progress], None]


def add_time_left(on_progress: OnProgress) -> OnProgress:
    """Tell the same with the time left, by what the step has taken in this run."""
    begun: dict[Step, tuple[float, int]] = {}

    def tell(progress: Progress) -> None:
        if progress.step == "fetching" and not progress.done:  # each file anew
            begun.pop("fetching", None)
        started, before = begun.setdefault(progress.step, (time.monotonic(), progress.done))
        done = progress.done - before
        took = time.monotonic() - started
        left = took / done * (progress.total - progress.done) if done and progress.total else None
        on_progress(replace(progress, seconds_left=left))

    return tell


@contextmanager
def share_progress(home: Path, on_progress: OnProgress) -> Iterator[OnProgress]:
    """Tell the same, and let other processes know until the run is over."""
    path, last = home / PROGRESS_FILE, 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        on_progress(progress)
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            home.mkdir(parents=True, exist_ok=True)  # papers are fetched before there is a library
            part = path.with_suffix(".part")
            part.write_text(json.dumps(asdict(progress)), "utf-8")
            part.replace(path)

    try:
        yield tell
    finally:
        if last:  # else another run's note may lie there
            path.unlink(missing_ok=True)


def read_shared_progress(home: Path) -> Progress | None:
    """How far a run of another process is; None where there is none."""
    try:
        noted = home / PROGRESS_FILE
        if time.time() - noted.stat().st_mtime > STALE:
            return None
        fields = json.loads(noted.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    pairs = {name: tuple(fields[name]) for name in ("documents", "passages")}
    return Progress(**{**fields, **pairs})
