"""What a library of many passages costs: opening, a search without its models, memory, disk.

The passages are those of a folder of papers, again and again, each time with other words here
and there; the vectors are random. `make bench PASSAGES=100000` takes some minutes.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from retrieval.chunk import Chunk, chunks
from retrieval.index import pdf_files
from retrieval.lexical import open_lexical
from retrieval.library import Library
from retrieval.passages import Passage
from retrieval.read import read_pdf
from retrieval.search import HybridSearch
from retrieval.vectors import ROWS, VectorIndex
from tests.fakes import RandomEmbeddings

STEPS = (1_000, 10_000, 100_000)
PER_DOCUMENT = 50
# One word in so many is another; so many letters of it stay.
VARIED, KEPT = 10, 4
SEARCHES = 200
WORD = re.compile(r"\w{5,}")


def real_passages(papers: Path) -> list[Chunk]:
    """The passages of all papers of a folder."""
    return [part for path in pdf_files([papers]) for part in chunks(read_pdf(path))]


def make_library(home: Path, real: list[Chunk], count: int) -> None:
    """A library of so many passages, ready to be searched."""
    library, chance = Library(home), random.Random(count)
    paper = home / "paper.pdf"
    home.mkdir(parents=True)
    paper.write_bytes(b"")
    for start in range(0, count, PER_DOCUMENT):
        parts = [varied(real[at % len(real)], chance) for at in range(start, start + PER_DOCUMENT)]
        path = Path(f"/{start}.pdf")
        document = library.add_parsed(
            paper, f"{start:064}", title=f"Paper {start}", pages=9, header="", chunks=parts
        )
        with library._connect() as connection:
            connection.execute("UPDATE documents SET source = ? WHERE id = ?", (str(path), document))
        library.set_ready(document)
    vectors, passages = VectorIndex(home, RandomEmbeddings()), iter(library.passages())
    while rows := [one for _, one in zip(range(ROWS), passages, strict=False)]:
        vectors.add(rows)
