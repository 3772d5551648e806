"""What contextual headers take beside the model's time, and how much of their prompts is shared.

`make bench` has them written for examples/papers by a server that takes a second a call;
`make bench PAPERS=folder` for another folder.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from graph.settings import Settings
from indexing.running import open_headers
from retrieval.ingest.ledger import index_files
from retrieval.ingest.progress import Progress
from retrieval.ingest.readings import estimate_header_cost
from retrieval.parsing.files import list_readable_files
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fake_openai import Exchange, FakeOpenAI
from tests.fakes import FakeEmbeddings

SECONDS = 1.0
# Where the words that all prompts for one paper share come to their end.
OWN = "<passage>"


@dataclass(frozen=True)
class Call:
    """When a prompt came in and was answered, and what it shares."""

    shared: str
    came: float
    answered: float


def bench(papers: Path, home: Path) -> None:
    """Index with embeddings that take no time; say what the headers took, and what was shared."""
    server = FakeOpenAI()
    calls: list[Call] = []

    def slowly(exchange: Exchange) -> None:
        came = time.perf_counter()
        time.sleep(SECONDS)
        calls.append(Call(exchange.asked.text.partition(OWN)[0], came, time.perf_counter()))
        exchange.send_words(server.replies["header"])

    server.always["header"] = slowly
    os.environ |= {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": server.base_url}
    library, settings, told = Library(home), Settings(home=home), []

    def note(progress: Progress) -> None:
        if progress.step == "headers":
            told.append(time.perf_counter())

    index_files(
        list_readable_files([papers]),
        library=library,
        vectors=lambda: VectorIndex(home, FakeEmbeddings()),
        embedding="fake",
        headers=lambda: open_headers(settings),
        progress=note,
    )
    server.close()
    _show(library, calls, told[-1] - told[0], settings.contextual_parallel)


def _show(library: Library, calls: list[Call], seconds: float, at_once: int) -> None:
    ideal = len(calls) * SECONDS / at_once
    print(
        f"{len(calls)} headers of {SECONDS:.0f} s, {at_once} at once: {seconds:.1f} s, "
        f"{seconds / ideal:.2f} of the ideal {ideal:.1f} s"
    )
    by_prefix = defaultdict(list)
    for call in sorted(calls, key=lambda call: call.came):
        by_prefix[call.shared].append(call)
    warm = [
        call for first, *rest in by_prefix.values() for call in rest if call.came >= first.answered
    ]
    papers = [
        library.list_passages_of_document(document.id) for document in library.list_documents()
    ]
    cost = estimate_header_cost(papers, window=128_000)
    print(
        f"{len(by_prefix)} papers read, {len(warm)} of the other {len(calls) - len(by_prefix)} calls "
        f"begin with a paper that an earlier one has brought into the cache: "
        f"{cost.cached_tokens / cost.input_tokens:.0%} of {cost.input_tokens:,} prompt tokens"
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "examples/papers")
    with tempfile.TemporaryDirectory() as home:
        bench(folder, Path(home))
