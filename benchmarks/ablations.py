"""What each way of reading papers is worth: `python -m benchmarks.ablations PAPERS QUESTIONS`.

The papers are indexed as they are, and once for each change undone: blocks as the file has them
instead of a reader's order over columns and pages; tables without their rows, heads and captions;
passages without title and section; the reference list left in search. Printed is the share of
the questions whose evidence is in the first five passages, asked in their own English
(`munheon eval --retrieval --use-english`). The embedded model takes two minutes for each.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evaluation.batch import search_questions
from evaluation.questions import QuestionRow, read_questions
from evaluation.retrieval import SCORED_DEPTH, score_searches
from evaluation.scores import is_answerable
from models.embedding.open import EmbeddedE5
from nodes.state import RunOptions
from retrieval.ingest.ledger import index_files
from retrieval.parsing.files import list_readable_files, read_file
from retrieval.parsing.reading_order import Block
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fakes import ReadsHere

FIGURES = ("evidence_hit@1", "evidence_hit@5", "page_hit@5", "mrr")


def as_they_come(blocks: Sequence[Block]) -> list[list[Block]]:
    """Each block a paragraph of its own, in the order of the file."""
    return [[block] for block in blocks]


def plain_rows(page: Sequence[Any]) -> list[str | None]:
    """The pieces of a row, with nothing between the cells."""
    return [" ".join(piece.text for piece in row) for row in page]


@contextmanager
def with_references() -> Iterator[None]:
    """The reference list is searched like all else."""
    whole = read_file

    def read(path: Path, password: str = "") -> Any:
        reading = whole(path, password)
        chunks = tuple(replace(chunk, is_reference=False) for chunk in reading.chunks)
        return replace(reading, chunks=chunks)

    with patch("tests.fakes.read_file", read):
        yield


UNDONE: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "as it is": nullcontext,
    "blocks as they come": lambda: patch("retrieval.parsing.pages.group_paragraphs", as_they_come),
    "tables as plain lines": lambda: patch("retrieval.parsing.blocks.write_rows", plain_rows),
    "no headers": lambda: patch(
        "retrieval.store.library.write_plain_header", lambda title, section: ""
    ),
    "references searched": with_references,
}


def measured(papers: Path, questions: Sequence[QuestionRow]) -> dict[str, Any]:
    """Index the papers and search them for the questions."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("retrieval.ingest.ledger.ReaderPool", ReadsHere),
    ):
        library, embeddings = Library(Path(folder)), EmbeddedE5()

        def open_vectors() -> VectorIndex:
            return VectorIndex(library.home, embeddings)

        index_files(
            list_readable_files([papers]),
            library=library,
            vectors=open_vectors,
            embedding="embedded",
        )
        search = HybridSearch(library, embeddings, open_vectors)
        options = RunOptions(passages=SCORED_DEPTH)
        found = list(search_questions(search, questions, options=options, profile=None))
    figures: dict[str, Any] = score_searches(questions, found)["all"]["figures"]
    return figures


def main(papers: Path, file: Path) -> None:
    """Print a line for each change undone."""
    questions = [question for question in read_questions(file) if is_answerable(question)]
    for name, undone in UNDONE.items():
        with undone():
            figures = measured(papers, questions)
        told = "  ".join(f"{figure} {figures[figure]['mean']:.3f}" for figure in FIGURES)
        print(f"{name:<22}{told}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
