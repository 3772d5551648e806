"""What the program itself costs: the graph without a model's time, indexing without embedding.

`make bench` indexes examples/papers, and lets the library grow to 10,000 passages, in a plot;
`make bench PAPERS=folder PASSAGES=100000` another folder, and further: that takes ten minutes.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from langchain_core.messages import HumanMessage
from pydantic import BaseModel

from benchmarks.bench_size import growth, plot
from graph.build import build_graph
from graph.run import Run
from nodes.strong.profile import StrongProfile
from nodes.strong.select import NamedSentences
from retrieval.ingest.ledger import index_files
from retrieval.parsing.files import list_readable_files
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings, ScriptedModel

QUESTIONS = 100
SIZES = (1_000, 10_000, 100_000)
TOLERABLE = 10_000
PLOT = Path("build/growth.svg")


def bench_index(papers: Path, home: Path) -> HybridSearch:
    """Index with embeddings that take no time; say how long the rest takes."""
    embeddings = FakeEmbeddings()
    library = Library(home)

    def open_vectors() -> VectorIndex:
        return VectorIndex(home, embeddings)

    started = time.perf_counter()
    index_files(
        list_readable_files([papers]), library=library, vectors=open_vectors, embedding="fake"
    )
    seconds = time.perf_counter() - started
    documents = library.list_documents()
    passages = sum(document.passages for document in documents)
    print(
        f"indexing without embedding: {seconds:.1f} s, {len(documents)} documents, {passages} passages"
    )
    return HybridSearch(library, embeddings, open_vectors)


async def bench_graph(search: HybridSearch) -> None:
    """Ask with a model that answers at once; say how long one question takes."""
    times = []
    for _ in range(QUESTIONS):
        replies: list[str | BaseModel | Exception] = [
            "What is attention?\na\nb\nc",
            *[NamedSentences(sentences=[1])] * 8,
            "주의입니다 [1].",
        ]
        model = ScriptedModel(*replies)
        graph = build_graph(
            profile=StrongProfile(model, embeddings=search.embeddings), search=search
        )
        run = Run()
        async for _ in run.stream(graph, [HumanMessage("어텐션이 무엇인가요?")]):
            pass
        times.append(run.seconds["total"] * 1000)
    print(f"the graph's own time a question: {median(times):.1f} ms (median of {QUESTIONS})")


def bench_growth(papers: Path, most: int) -> None:
    """Measure libraries of 1,000 passages and ten times as many, and draw what they cost."""
    costs = growth(papers, [size for size in SIZES if size <= most])
    PLOT.parent.mkdir(exist_ok=True)
    PLOT.write_text(plot(costs))
    print(f"drawn: {PLOT}")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(bench_graph(bench_index(folder, Path(home))))
    bench_growth(folder, int(sys.argv[2]) if len(sys.argv) > 2 else TOLERABLE)
