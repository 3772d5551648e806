"""Kill indexing runs at random moments: `python -m benchmarks.kills [FOLDER [KILLS]]` (a quarter of an hour).

A fake model server counts what is asked of it. Runs of `munheon index` are killed (SIGKILL) and
started again until one ends by itself, in turn: of new papers, of papers that all changed, of
`--rebuild`; all of it once with the free headers and once with `--contextual`. Another process
searches all the while, and a fresh one after each kill: every document must be whole, as it was
or as it will be. What has ended must equal an undisturbed run, by content, and nothing may have
been asked again but what was under way at a kill, whose replies may not have been kept yet.
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.kills.killer import Killer
from benchmarks.kills.look import look
from benchmarks.kills.stories import Stories
from tests.fake_openai import FakeOpenAI

KILLS, SEED = 40, 20261124
# What a call to the server takes, in seconds: kills should meet calls as well.
CALL = 0.15


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
