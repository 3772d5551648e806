"""A run that is killed with SIGKILL: nothing half is found, nothing is embedded again.

`python -m benchmarks.kills` does it at random moments, with the command line and a model server.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.ingest.upkeep import compare_indexes
from tests.retrieval.desk import Desk

# Indexes papers, and kills itself when a function is called for the second time.
RUN = """
import os, signal, sys
from pathlib import Path
from unittest.mock import patch
from pkgutil import resolve_name
from tests.retrieval.desk import Desk

name, calls = sys.argv[1], []
real = resolve_name(name)

def killing(*arguments, **named):
    calls.append(name)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)

at_once = patch.multiple("retrieval.ingest.embed", SHOWN_EVERY=0, SHARE=0)
with at_once, patch(name.replace(":", "."), killing):
    Desk(Path(sys.argv[2])).index()
"""
PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("moment", "found", "held", "embedded_before"),
    [
        ("retrieval.parsing.workers:ReaderPool.read_file", [], 0, 0),
        ("retrieval.store.windows:WindowVectors.keep_vectors", ["One words."], 1, 1),
        ("retrieval.store.vectors:VectorIndex.add_vectors", ["One words."], 1, 2),
        ("retrieval.store.library:Library.set_ready", ["One words."], 2, 2),
    ],
)
def test_the_next_run_finishes(
    tmp_path: Path, moment: str, found: list[str], held: int, embedded_before: int
):
    desk = Desk(tmp_path)
    for name in ("One", "Two", "Three"):
        desk.write(f"{len(list(desk.papers.iterdir()))}.pdf", f"{name} words.")

    killed = subprocess.run([sys.executable, "-c", RUN, moment, str(tmp_path)], cwd=PROJECT)

    assert killed.returncode == -9
    assert [passage.text for passage in desk.library.list_passages()] == found
    assert len(desk.vectors()) == held
    desk.index()
    assert desk.embeddings.embedded == 3 - embedded_before
    assert sorted(desk.found("words")) == ["One words.", "Three words.", "Two words."]
    assert all(one.is_complete for one in compare_indexes(desk.library, desk.open_vectors()))
