"""The processes of a story: runs that are killed, undisturbed ones, and those that look."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.kills.look import contents
from graph.settings import Settings
from retrieval.store.library import Library
from tests.fake_openai import Asked, FakeOpenAI

# How many headers are asked for side by side.
PARALLEL: int = Settings.model_fields["contextual_parallel"].default
MUNHEON = "from ui.command.main import main; main()"


@dataclass
class Killer:
    """Runs the command line, kills it, and keeps count."""

    server: FakeOpenAI
    chance: random.Random
    options: list[str]
    """Of every run."""

    allowed: Counter[str] = field(default_factory=Counter)
    """What was under way at each kill."""

    kills: Counter[str] = field(default_factory=Counter)
    """By what the ledger was at."""

    def run(self, home: Path, *arguments: object, kill_after: float | None = None) -> bool:
        """Whether a run ends by itself."""
        before = len(self.server.requests)
        process = self._start(home, "-c", MUNHEON, "index", *self.options, *arguments)
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.allowed += asked_for(_under_way(self.server.requests[before:]))
            self.kills[_at(home)] += 1
            return False
        assert process.returncode == 0, process.returncode
        return True

    def look(self, home: Path) -> dict[str, str]:
        """What a fresh process sees."""
        process = self._start(
            home, "-m", "benchmarks.kills", "--look", home, stdout=subprocess.PIPE
        )
        return dict(json.loads(process.communicate(timeout=120)[0].splitlines()[-1]))

    def watch(self, home: Path, log: Path) -> "subprocess.Popen[bytes]":
        """A process that looks until it is ended."""
        return self._start(
            home,
            "-m",
            "benchmarks.kills",
            "--watch",
            home,
            stdout=log.open("wb"),
            stderr=log.with_suffix(".err").open("wb"),
        )

    def _start(self, home: Path, *arguments: object, **streams: Any) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "MUNHEON_HOME": str(home),
            "OPENAI_API_KEY": "test-key",
            "OPENAI_BASE_URL": self.server.base_url,
        }
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **streams}
        return subprocess.Popen([sys.executable, *map(str, arguments)], env=environment, **streams)


def _at(home: Path) -> str:
    """What a library's ledger was at."""
    library = Library(home / "rebuild")
    library = library if library.exists() else Library(home)
    states = {one.state for one in library.list_documents()} if library.exists() else set()
    steps = {"new": "reading", "parsed": "headers or embedding", "embedded": "embedding"}
    return next((step for state, step in steps.items() if state in states), "between")


@dataclass(frozen=True)
class Reference:
    """What an undisturbed run over a folder leaves, and takes."""

    seen: dict[str, str]
    contents: list[Any]
    asked: Counter[str]
    seconds: float


def undisturbed(killer: Killer, papers: Path, home: Path) -> Reference:
    """Index without a kill."""
    killer.server.requests.clear()
    started = time.monotonic()
    assert killer.run(home, papers)
    seconds = time.monotonic() - started
    return Reference(killer.look(home), contents(home), asked_for(killer.server.requests), seconds)


def asked_for(requests: list[Asked]) -> Counter[str]:
    """How often a vector of each text was asked for, or a header by each prompt."""
    return Counter(
        text
        for asked in requests
        for text in (asked.body["input"] if asked.task == "embed" else [asked.text])
    )


def _under_way(requests: list[Asked]) -> list[Asked]:
    """The requests of a killed run that may not have been answered: of its last kind alone."""
    last = [asked for asked in requests if asked.task == requests[-1].task]
    return last[-PARALLEL:] if last and last[-1].task == "header" else last[-1:]
