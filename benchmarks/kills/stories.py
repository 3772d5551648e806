"""Stories of a library: from one state to another by as many runs as it takes, each judged."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pymupdf

from benchmarks.kills.killer import Killer, Reference, asked_for, undisturbed
from benchmarks.kills.look import contents
from retrieval.store.database import LEFT_COLLECTION
from retrieval.store.library import Library

# Seconds before which a run has not begun: its imports take longer.
STARTED = 1.5


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
