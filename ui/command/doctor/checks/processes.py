"""Which process holds a file's lock or a port, where the system tells (Linux)."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
TABLES = ("net/tcp", "net/tcp6")
LISTENING = "0A"
# Of a command line: what is run, without what may be a secret behind it.
SHOWN_WORDS = 3


def describe_lock_holder(path: Path) -> str:
    """The process that holds the lock of a file; nothing where nobody tells."""
    inode = str(path.stat().st_ino)
    rows = (line.split() for line in _read_lines(PROC / "locks"))
    held = (row[4] for row in rows if len(row) > 5 and row[5].rpartition(":")[2] == inode)
    return next((describe_process(pid) for pid in held), "")


def describe_listener(port: int) -> str:
    """The process that listens at a port; nothing where nobody tells."""
    sockets = {f"socket:[{inode}]" for inode in _list_listening(port)}
    for opened in PROC.glob("[0-9]*/fd/*"):
        with suppress(OSError):  # it has ended, or is another user's
            if os.readlink(opened) in sockets:
                return describe_process(opened.parts[2])
    return ""


def describe_process(pid: str) -> str:
    """A process by its number and the first words of its command."""
    words = "".join(_read_lines(PROC / pid / "cmdline")).split("\0")[:SHOWN_WORDS]
    named = " ".join(Path(word).name for word in words if word and not word.startswith("-"))
    return f"PID {pid}: {named}" if named else f"PID {pid}"


def _list_listening(port: int) -> Iterator[str]:
    """The inodes of the sockets that listen at a port."""
    for table in TABLES:
        for row in map(str.split, _read_lines(PROC / table)[1:]):
            if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port:
                yield row[9]


def _read_lines(path: Path) -> list[str]:
    """The lines of a file of the system's; none where it has no such file."""
    with suppress(OSError):
        return path.read_text("utf-8", "replace").splitlines()
    return []
