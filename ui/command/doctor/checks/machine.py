"""Checks of the machine: memory for a model inside the program, and its clock."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from language.catalogue import write_text
from models.connect.choose import Choice, choose_chat, choose_embedding
from models.embedded.gguf import GGUF_BYTES
from retrieval.errors import UserError
from ui.command.doctor.finding import Finding, Subject

GIGABYTE = 1_000_000_000
# Measured: the embedded chat model takes 1.7 GB beside a file of 1.1, the embedding model 0.3.
BESIDE_FILE, EMBEDDING_BYTES = 600_000_000, 300_000_000
MEMORY = Path("/proc/meminfo")
AVAILABLE = "MemAvailable:"
# What a container may take, and takes.
GROUP = Path("/sys/fs/cgroup")
DAY = 86_400


def check_memory(subject: Subject) -> Iterator[Finding]:
    """Whether there is memory enough for the models that run inside the program."""
    needed = _sum_needed(subject)
    available = _find_available()
    if available is None:
        return
    told = write_text("doctor.memory", gigabytes=f"{available / GIGABYTE:.1f}")
    if needed <= available:
        yield Finding("ok", told)
        return
    wrong = write_text("doctor.memory_short", needed=f"{needed / GIGABYTE:.1f}")
    yield Finding("warning", f"{told}, {wrong}", write_text("doctor.memory_remedy"))


def _sum_needed(subject: Subject) -> int:
    """The bytes that models of this program's own take; of a choice that fails another check tells."""
    needed = 0
    with suppress(UserError):
        needed += _find_size(choose_chat(subject.settings.chat_model))
    with suppress(UserError):
        is_own = choose_embedding(subject.settings.embedding_model).runs_here
        needed += EMBEDDING_BYTES * is_own
    return needed


def _find_size(choice: Choice) -> int:
    if choice.kind == "embedded":
        return GGUF_BYTES + BESIDE_FILE
    path = Path(choice.name)
    is_own = choice.runs_here and path.is_file()
    return path.stat().st_size + BESIDE_FILE if is_own else 0


def _find_available() -> int | None:
    """The bytes of memory that are free for programs, of a container its own; None: nobody tells."""
    rows = MEMORY.read_text("ascii").splitlines() if MEMORY.exists() else []
    free = [int(row.split()[1]) * 1024 for row in rows if row.startswith(AVAILABLE)]
    with suppress(OSError, ValueError):  # "max", or no container
        most = int((GROUP / "memory.max").read_text("ascii"))
        free.append(most - int((GROUP / "memory.current").read_text("ascii")))
    return min(free, default=None)


def check_clock(subject: Subject) -> Iterator[Finding]:
    """Whether the clock is later than what has been written: servers refuse one that lies behind."""
    now = time.time()
    written = [Path(__file__), subject.settings.home / "library.db"]
    latest = max(path.stat().st_mtime for path in written if path.exists())
    told = datetime.fromtimestamp(now).isoformat(" ", "minutes")
    if latest <= now + DAY:
        yield Finding("ok", told)
    else:
        yield Finding("warning", told, write_text("doctor.clock_remedy"))
