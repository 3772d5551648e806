"""Checks of the library's folder: there, writable, with room, and nobody else at its pen."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from language.catalogue import write_text
from retrieval.errors import UserError
from retrieval.ingest.lock import LOCK_FILE, LibraryBusy, lock_library
from retrieval.ingest.progress import read_shared_progress
from ui.command.doctor.checks.processes import describe_lock_holder
from ui.command.doctor.finding import Finding, State, Subject

GIGABYTE = 1_000_000_000
# Held while the lock is tried, for two checks would take each other for a writer.
_PROBE = Lock()
# A paper takes about 2 MB with its vectors: with less than this a run of some papers fails.
FEW_BYTES, LEAST_BYTES = GIGABYTE, GIGABYTE // 10


def check_home(subject: Subject) -> Iterator[Finding]:
    """Whether the folder is there and can be written to, and how much room is left."""
    home = subject.settings.home
    there = _find_existing(home.absolute())
    is_made = there == home.absolute()
    told = str(home.absolute()) if is_made else write_text("doctor.home_unmade", home=home)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        wrong = write_text("doctor.home_unwritable", home=told, error=error.strerror)
        yield Finding("error", wrong, write_text("doctor.home_remedy"))
        return
    free = shutil.disk_usage(there).free
    left = write_text("doctor.free", gigabytes=f"{free / GIGABYTE:.1f}")
    state: State = "error" if free < LEAST_BYTES else "warning" if free < FEW_BYTES else "ok"
    remedy = "" if state == "ok" else write_text("doctor.free_remedy")
    yield Finding(state, f"{told}, {left}", remedy)


def check_lock(subject: Subject) -> Iterator[Finding]:
    """Whether somebody is writing to the library now, and who."""
    home = subject.settings.home
    if not is_locked(home):
        yield Finding("ok", write_text("doctor.lock_free"))
        return
    parts = [describe_lock_holder(home / LOCK_FILE), _describe_progress(home)]
    told = write_text("doctor.lock_held", holder=", ".join(filter(None, parts)) or "?")
    yield Finding("warning", told, write_text("doctor.lock_remedy"))


def is_locked(home: Path) -> bool:
    """Whether somebody else is writing to the library now."""
    if not (home / LOCK_FILE).exists():
        return False
    with _PROBE, suppress(UserError):  # of a folder that cannot be written to `check_home` tells
        try:
            with lock_library(home):
                return False
        except LibraryBusy:
            return True
    return False


def _describe_progress(home: Path) -> str:
    progress = read_shared_progress(home)
    return f"{progress.done / max(progress.total, 1):.0%}" if progress else ""


def _find_existing(path: Path) -> Path:
    """The folder, or the nearest above it that there is."""
    return next(one for one in (path, *path.parents) if one.exists())
