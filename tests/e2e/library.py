"""What the end-to-end tests have in common: a library, a port, patience."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "examples" / "papers"
SHARED_PAPERS = PROJECT.parent / "shared" / "papers"
MUNHEON = str(Path(sys.executable).with_name("munheon"))


def indexed_examples(home: Path, *names: str) -> Path:
    """A library of some of the examples, embedded by the real model."""
    index(home, *(EXAMPLES / name for name in names))
    return home


def index(home: Path, *files: Path) -> None:
    """Index files in a process of its own, as a user would."""
    subprocess.run(
        [MUNHEON, "index", *map(str, files)],
        env=keyless(home),
        check=True,
        capture_output=True,
        timeout=900,
    )


def keyless(home: Path) -> dict[str, str]:
    """An environment in which the embedded models do the work."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    return {**kept, "MUNHEON_HOME": str(home), "LANGSMITH_TRACING": "false"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(ready: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something is ready; TimeoutError when it takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise TimeoutError
