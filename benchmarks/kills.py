"""Kill indexing runs at random moments: `python -m benchmarks.kills [FOLDER [KILLS]]` (a quarter of an hour).

A fake model server counts what is asked of it. Runs of `munheon index` are killed (SIGKILL) and
started again until one ends by itself, in turn: of new papers, of papers that all changed, of
`--rebuild`; all of it once with the free headers and once with `--contextual`. Another process
searches all the while, and a fresh one after each kill: every document must be whole, as it was
or as it will be. What has ended must equal an undisturbed run, by content, and nothing may have
been asked again but what was under way at a kill, whose replies may not have been kept yet.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

from graph.settings import Settings
from retrieval.errors import EmptyIndex, UserError
from retrieval.search.hybrid import HybridSearch
from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors, cut_windows, mean_direction
from tests.fake_openai import Asked, FakeOpenAI
from tests.fakes import FakeEmbeddings

KILLS, SEED = 40, 20261124
# What a call to the server takes, in seconds: kills should meet calls as well.
CALL = 0.15
# How many headers are asked for side by side.
PARALLEL: int = Settings.model_fields["contextual_parallel"].default
MUNHEON = "from ui.command.main import main; main()"
# How many neighbours are looked at for a passage's own vector: some passages are alike.
NEIGHBOURS = 5
# Seconds before which a run has not begun: its imports take longer.
STARTED = 1.5


def seen(library: Library, search: HybridSearch) -> dict[str, str]:
    """What a search may find of each document, as a digest; it names passages no vector finds."""
    try:
        snapshot = search.read_snapshot()
    except EmptyIndex:
        return {}
    parts: dict[str, list[str]] = {}
    held = WindowVectors(library).list_ids()
    for passage in search.list_passages():
        own = np.array(search.embeddings.embed_documents(cut_windows(passage)))
        nearest = dict(snapshot.vectors.find_nearest(mean_direction(own), NEIGHBOURS))
        # Vectors are kept a byte a number.
        is_found = nearest.get(passage.id, 0) > 0.999 and passage.id in held
        is_whole = is_found and passage.id in snapshot.ids
        parts.setdefault(passage.document, []).append(f"{passage.searched_text}{is_whole}")
    return {name: sha256("\0".join(texts).encode()).hexdigest() for name, texts in parts.items()}


def look(home: Path, *, forever: bool) -> None:
    """Print what is seen, once or again and again; one search may see several generations."""
    library = Library(home)
    search = HybridSearch(library, FakeEmbeddings(), lambda: VectorIndex(home, FakeEmbeddings()))
    while True:
        generation = _generation(library)
        try:
            found = seen(library, search)
        except UserError:
            # A search would ask once more where what it had opened was swapped for another.
            if generation == _generation(library):
                raise
            continue
        # `seen` asks more than once: it is judged where nothing has changed in between.
        if generation == _generation(library):
            print(json.dumps(found), flush=True)
        if not forever:
            return
        time.sleep(0.1)


def _generation(library: Library) -> int:
    return library.read_generation() if library.exists() else 0


def contents(home: Path) -> list[Any]:
    """All that a library holds, but for the ids: documents, passages, vectors."""
    library = Library(home)
    ids = VectorIndex(home, FakeEmbeddings())._collection.get(include=["embeddings"])
    vectors = dict(
        zip(ids["ids"], np.round(np.asarray(ids["embeddings"]), 5).tolist(), strict=True)
    )
    return [
        [
            (one.name, one.sha256, one.title, one.pages, one.tokens, one.state),
            [(part.searched_text, part.page_starts, vectors.pop(part.id)) for part in parts],
        ]
        for one in library.list_documents()
        for parts in [library.list_passages_of_document(one.id)]
    ] + [sorted(vectors)]


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


def changed(papers: Path, folder: Path) -> Path:
    """The same papers under another title, which stands at the head of every passage."""
    folder.mkdir()
    for path in sorted(papers.glob("*.pdf")):
        with pymupdf.open(path) as document:  # type: ignore[no-untyped-call]
            title = document.metadata["title"] or path.stem
            document.set_metadata({**document.metadata, "title": f"{title}, second edition"})
            document.save(folder / path.name)
    return folder


class Stories:
    """Runs of three kinds in turn, with what may be seen in each and what must be left."""

    def __init__(self, killer: Killer, papers: Path, folder: Path) -> None:
        self._killer, self._folder = killer, folder
        self._papers = folder / "papers"
        editions = [papers, changed(papers, folder / "second")]
        self._editions = [
            (edition, undisturbed(killer, edition, folder / f"undisturbed-{number}"))
            for number, edition in enumerate(editions)
        ]
        self.repeated = self.stories = 0
        self.looks: Counter[str] = Counter()
        self.faults: list[str] = []

    def tell(self, kills: int) -> None:
        """Kill so often; each story is told to its end."""
        first, second = self._editions
        while self._killer.kills.total() < kills:
            home = self._folder / f"home-{self.stories}"
            self._story(home, [self._papers], {}, first, kills)
            self._story(home, [self._papers], first[1].seen, second, kills)
            self._story(home, ["--rebuild"], second[1].seen, second, kills)

    def _story(
        self,
        home: Path,
        arguments: list[Any],
        before: dict[str, str],
        edition: tuple[Path, Reference],
        kills: int,
    ) -> None:
        """From one state of the library to another, by as many runs as it takes."""
        folder, after = edition
        killer, self.stories = self._killer, self.stories + 1
        shutil.rmtree(self._papers, ignore_errors=True)
        shutil.copytree(folder, self._papers)
        killer.server.requests.clear()
        killer.allowed.clear()
        made = Library(home).vector_collection_name() if arguments == ["--rebuild"] else None
        log = self._folder / f"watched-{self.stories}"
        with killer.watch(home, log) as watcher:
            while killer.kills.total() < kills:
                moment = killer.chance.uniform(STARTED, after.seconds)
                if killer.run(home, *arguments, kill_after=moment):
                    break
                self._judge(killer.look(home), before, after.seen, "after a kill")
                if made is not None and _is_rebuilt(home, since=made):
                    break  # to ask once more would be another rebuild
            else:
                killer.run(home, *arguments)
            if watcher.poll() is not None:
                reason = log.with_suffix(".err").read_text().splitlines()[-1:]
                self.faults.append(f"story {self.stories}: the searching process ended: {reason}")
            watcher.terminate()
        for line in log.read_text().splitlines():
            self._judge(json.loads(line), before, after.seen, "meanwhile")
        self._judge_end(home, after)

    def _judge(
        self, found: dict[str, str], before: dict[str, str], after: dict[str, str], when: str
    ) -> None:
        self.looks[when] += 1
        halves = [name for name, one in found.items() if one not in (before.get(name), after[name])]
        if halves or before.keys() - found.keys():
            self.faults.append(f"{when}: half {halves}, gone {before.keys() - found.keys()}")

    def _judge_end(self, home: Path, after: Reference) -> None:
        if contents(home) != after.contents:
            self.faults.append(f"story {self.stories} ended otherwise than undisturbed")
        again = asked_for(self._killer.server.requests) - after.asked
        self.repeated += again.total()
        if beyond := again - self._killer.allowed:
            self.faults.append(f"story {self.stories} asked for {beyond.total()} texts again")


def _is_rebuilt(home: Path, *, since: str) -> bool:
    library = Library(home)
    return (
        library.vector_collection_name() != since and library.read_setting(LEFT_COLLECTION) is None
    )


def main(papers: Path, kills: int) -> None:
    """Print the figures; exit code 1 where anything is wrong."""
    server = FakeOpenAI()
    server.always |= {"embed": vectors_slowly, "header": header_slowly}
    faults = [
        fault
        for options in ([], ["--contextual"])
        for fault in told(server, papers, kills, options)
    ]
    server.close()
    sys.exit(bool(faults))


def told(server: FakeOpenAI, papers: Path, kills: int, options: list[str]) -> list[str]:
    """Kill so many runs that have these options, print the figures; what was wrong."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        killer = Killer(server, random.Random(SEED), options)
        stories = Stories(killer, papers, Path(folder))
        stories.tell(kills)
    print("munheon index", *options)
    print(f"kills: {killer.kills.total()} {dict(killer.kills)}, in {stories.stories} stories")
    print(f"looks: {dict(stories.looks)}")
    print(f"asked for again, all of it under way at a kill: {stories.repeated}")
    print(f"seconds: {time.monotonic() - started:.0f}")
    print(f"faults: {len(stories.faults)}", *stories.faults, sep="\n  ", flush=True)
    return stories.faults


def vectors_slowly(exchange: Any) -> None:
    """Embed as a server does, after a while."""
    time.sleep(CALL)
    exchange.send_vectors()


def header_slowly(exchange: Any) -> None:
    """Write a header as a server does, after a while."""
    time.sleep(CALL)
    exchange.send_words(exchange.server.fake.replies["header"])


if __name__ == "__main__":
    if sys.argv[1:2] in (["--look"], ["--watch"]):
        look(Path(sys.argv[2]), forever=sys.argv[1] == "--watch")
    else:
        main(
            Path(sys.argv[1]) if len(sys.argv) > 1 else Path("examples/papers"),
            int(sys.argv[2]) if len(sys.argv) > 2 else KILLS,
        )
