"""What a library of many passages costs: opening, a search without its models, memory, disk.

The passages are those of a folder of papers, again and again, each time with other words here
and there; the vectors are random.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import cycle, islice
from math import log10
from pathlib import Path
from typing import TypeVar

import numpy as np

from retrieval.embeddings import QueryEmbeddings
from retrieval.parsing.chunks import Chunk, cut_chunks
from retrieval.parsing.files import list_readable_files
from retrieval.parsing.pdf import read_pdf
from retrieval.search.hybrid import HybridSearch
from retrieval.store.lexical import open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors, cut_windows, mean_direction

DIMENSIONS = 384
PER_DOCUMENT = 50
SEARCHES, QUERIES, QUERY_WORDS = 200, 4, 8
WORD = re.compile(r"\w{5,}")
FEW_PAPERS = 20
# One word in so many is made another.
VARIED = 10


T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """What was measured of one library."""

    passages: int
    build_s: float
    """Making all postings."""
    update_s: float
    """Making them anew when a document is added."""
    open_s: float
    median_ms: float
    p95_ms: float
    few_papers_ms: float
    """A search of a few papers alone (median), which a reader has chosen."""
    memory_mb: float
    disk_mb: float


class RandomEmbeddings(QueryEmbeddings):
    """Vectors of unit length that say nothing, at no cost."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One random vector of unit length a text."""
        vectors = self._chance.normal(size=(len(texts), DIMENSIONS))
        unit: list[list[float]] = (
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        ).tolist()
        return unit

    def embed_query(self, text: str) -> list[float]:
        """A random vector of unit length."""
        return self.embed_documents([text])[0]


def varied(part: Chunk, chance: random.Random) -> Chunk:
    """The passage with some of its words made others, of the same length."""
    text = WORD.sub(
        lambda word: word[0] if chance.randrange(VARIED) else word[0][:4] + word[0][:3:-1],
        part.text,
    )
    return replace(part, text=text)


def fill(library: Library, parts: Iterator[Chunk], count: int, first: int = 0) -> None:
    """Add passages in documents of equal length, ready to be searched."""
    for number, held in enumerate(_batched(islice(parts, count)), start=first):
        digest = f"{number:064}"
        library.original_path(digest).parent.mkdir(parents=True, exist_ok=True)
        library.original_path(digest).touch()
        document = library.add_parsed(
            Path(f"/papers/{number}.pdf"),
            digest,
            title=f"Paper {number}",
            pages=9,
            chunks=held,
        )
        library.set_ready(document)


def _batched(parts: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(parts, PER_DOCUMENT)):
        yield batch


def make_library(home: Path, real: Sequence[Chunk], count: int) -> tuple[float, float]:
    """A library of so many passages; the seconds that its postings took, all and one document's."""
    chance = random.Random(count)
    library, parts = Library(home), (varied(part, chance) for part in cycle(real))
    fill(library, parts, count - PER_DOCUMENT)
    build = _seconds(lambda: open_lexical(library))
    fill(library, parts, PER_DOCUMENT, first=count)
    update = _seconds(lambda: open_lexical(library))
    add_vectors(library, RandomEmbeddings())
    return build, update


def add_vectors(library: Library, model: RandomEmbeddings) -> None:
    """As many vectors as there would be, of each passage and of its windows."""
    vectors, kept = VectorIndex(library.home, model), WindowVectors(library)
    for passages in _batched(iter(library.list_passages())):
        rows = {one.id: model.embed_documents(cut_windows(one)) for one in passages}
        kept.keep_vectors(rows)
        vectors.add_vectors({id: mean_direction(np.array(of)) for id, of in rows.items()})


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def search_costs(home: Path, questions: Sequence[Sequence[str]]) -> dict[str, float]:
    """Open the library in this process and search it."""
    embeddings = RandomEmbeddings()
    search = HybridSearch(Library(home), embeddings, lambda: VectorIndex(home, embeddings))
    opened = _seconds(lambda: search.find_passages(lexical=["first"], semantic=["first"], top=8))

    def search_for(queries: Sequence[str], papers: Collection[int] | None = None) -> None:
        search.within(papers).find_passages(lexical=queries, semantic=queries, top=8)

    times = [_seconds(partial(search_for, queries)) for queries in questions]
    few = [paper.id for paper in search.list_papers()[:FEW_PAPERS]]
    narrowed = [_seconds(partial(search_for, queries, few)) for queries in questions]
    return {
        "open_s": opened,
        "median_ms": float(np.median(times)) * 1000,
        "p95_ms": float(np.percentile(times, 95)) * 1000,
        "few_papers_ms": float(np.median(narrowed)) * 1000,
        "memory_mb": _memory_mb(),
    }


def _memory_mb() -> float:
    """The most that this process has held (Linux counts it in kB)."""
    status = Path("/proc/self/status").read_text()
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+)", status)
    return int(kilobytes) / 1024


def questions_of(real: Sequence[Chunk]) -> list[list[str]]:
    """As many queries as the graph asks, each of words that stand in one passage."""
    chance = random.Random(1)
    return [
        [
            " ".join(chance.choices(WORD.findall(chance.choice(real).text), k=QUERY_WORDS))
            for _ in range(QUERIES)
        ]
        for _ in range(SEARCHES)
    ]


def growth(papers: Path, sizes: Sequence[int]) -> list[Cost]:
    """The cost of libraries of these sizes, each searched in a process of its own."""
    real = [part for path in list_readable_files([papers]) for part in cut_chunks(read_pdf(path))]
    real = [part for part in real if len(WORD.findall(part.text)) >= QUERY_WORDS]
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            build, update = make_library(home, real, size)
            run = subprocess.run(
                [sys.executable, "-m", "benchmarks.bench_size", folder],
                input=json.dumps(questions_of(real)),
                capture_output=True,
                text=True,
                check=True,
            )
            disk = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
            cost = Cost(size, build, update, disk_mb=disk / 1e6, **json.loads(run.stdout))
        costs.append(cost)
        print(", ".join(f"{name} {value:,.4g}" for name, value in asdict(cost).items()), flush=True)
    return costs


CURVES = {"open_s": "open, s", "median_ms": "search, ms (median)", "p95_ms": "search, ms (p95)",
          "memory_mb": "memory, MB", "disk_mb": "disk, MB"}  # fmt: skip
COLOURS = ("#d1495b", "#00798c", "#66a182", "#edae49", "#2e4057")
WIDTH, HEIGHT, LEFT, TOP = 720, 420, 60, 30
# Both axes count powers of ten: passages from 10^3 to 10^5, costs from 10^-2 to 10^4.
FROM, TO, LOW, HIGH = 3, 5, -2, 4


def plot(costs: Sequence[Cost]) -> str:
    """The growth as an SVG."""
    marks = [
        f'<line x1="{LEFT}" x2="{_x(10**TO)}" y1="{_y(10.0**at)}" y2="{_y(10.0**at)}" stroke="#ddd"/>'
        f'<text x="{LEFT - 6}" y="{_y(10.0**at) + 4}" text-anchor="end">{10.0**at:g}</text>'
        for at in range(LOW, HIGH + 1)
    ]
    marks += [
        f'<text x="{_x(10**at)}" y="{HEIGHT - 10}" text-anchor="middle">{10**at:,}</text>'
        for at in range(FROM, TO + 1)
    ]
    for (name, label), colour in zip(CURVES.items(), COLOURS, strict=True):
        points = [(_x(cost.passages), _y(getattr(cost, name))) for cost in costs]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        marks.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}" fill="{colour}">{label}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f"{''.join(marks)}</svg>\n"
    )


def _x(passages: float) -> float:
    return LEFT + (log10(passages) - FROM) / (TO - FROM) * (WIDTH - LEFT - 150)


def _y(value: float) -> float:
    return HEIGHT - TOP - (log10(max(value, 10**LOW)) - LOW) / (HIGH - LOW) * (HEIGHT - 2 * TOP)


if __name__ == "__main__":
    print(json.dumps(search_costs(Path(sys.argv[1]), json.load(sys.stdin))))
