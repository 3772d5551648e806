"""How well tables are read: `python -m benchmarks.tables PAPERS QUESTIONS` (a folder, a file).

Three ways to read a page are compared: the program's own, PyMuPDF's `find_tables`, and the
Markdown of pymupdf4llm. A question of kind `table` counts as read where, on one of its pages,
each part of `answer_must_include` is a word of a cell of three words at most, whose row label and
whose column head each share a word with the question or its evidence: by their stems, or as
`ALSO` says. PyMuPDF gets the benefit of the doubt: every row above the first with figures is taken
for heads, an empty head continues the one before it, and the cells of words in a row are its label
too. Seconds are those that a page with the caption of a table takes.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("PYMUPDF_MESSAGE", "path:/dev/null")

import pymupdf

from language.matching import find_asked_terms, is_label_asked
from language.terms import stem_words
from retrieval.parsing.chunks import cut_chunks
from retrieval.parsing.paper import Paper
from retrieval.parsing.pdf import read_pdf

CAPTION = re.compile(r"^Table \d+\s*[.:|]", re.MULTILINE)
FIGURE = re.compile(r"[~<>(]*[-−–+.]?\d")
MARKS = re.compile(r"\*\*|<br>|(?<!\w)_|_(?!\w)|~~|</?su[bp]>")
MOST_WORDS = 3
# What tables call by other words than a question does.
ALSO = {
    "Russian": "ru",
    "German": "de",
    "Indonesian": "id",
    "WebQuestions": "WQ",
    "which chips": "type",
    "CuratedTrec": "CT",
}


class Cell(NamedTuple):
    """A value of a table, with what names its row and column."""

    label: str
    head: str
    value: str


Grid = Sequence[Sequence[str]]
Way = Callable[[Path, int], list[Cell]]


@cache
def parsed(path: Path) -> tuple[Paper, float]:
    """The paper as the program reads it, and the seconds that a page takes."""
    started = time.perf_counter()
    paper = read_pdf(path)
    return paper, (time.perf_counter() - started) / len(paper.pages)


@cache
def opened(path: Path) -> Any:
    """The paper, for PyMuPDF's own ways."""
    return pymupdf.open(path)  # type: ignore[no-untyped-call]


def read_ours(path: Path, number: int) -> list[Cell]:
    """The cells on a page as the program tells them of its passages."""
    return [
        Cell(row.label, head, value)
        for chunk in cut_chunks(parsed(path)[0])
        if any(page == number for _, page in chunk.page_starts)
        for table in chunk.tables
        for row in table.rows
        for head, value in row.cells
    ]


def read_found(path: Path, number: int) -> list[Cell]:
    """The cells of the tables that PyMuPDF finds on a page."""
    grids = [
        [[cell or "" for cell in row] for row in table.extract()]
        for table in opened(path)[number - 1].find_tables().tables
    ]
    return [cell for grid in grids for cell in cells_of(grid)]


def read_markdown(path: Path, number: int) -> list[Cell]:
    """The cells of the tables in the Markdown of pymupdf4llm."""
    import pymupdf4llm

    markdown = pymupdf4llm.to_markdown(opened(path), pages=[number - 1], show_progress=False)
    grids: list[list[list[str]]] = [[]]
    for line in markdown.splitlines():
        if not line.startswith("|"):
            grids.append([])
        elif not line.startswith("|---"):
            grids[-1].append([MARKS.sub(" ", cell).strip() for cell in line[1:-1].split("|")])
    return [cell for grid in grids for cell in cells_of(grid)]


def cells_of(grid: Grid) -> Iterator[Cell]:
    """The cells of a table's body, each with its label and its column's heads."""
    is_body = [any(map(FIGURE.match, row[1:])) for row in grid]
    first = max(is_body.index(True), 1) if True in is_body else len(grid)
    heads = [filled(row) for row in grid[:first]]
    for row in grid[first:]:
        label = " ".join(cell for cell in row if not FIGURE.match(cell)) or row[0]
        for at, value in enumerate(row[1:], start=1):
            head = " ".join(head[at] for head in heads if at < len(head))
            yield Cell(label if value not in label else row[0], head, value)


def filled(heads: Sequence[str]) -> list[str]:
    """The heads, each empty one as the one before it, which may span it."""
    full: list[str] = []
    for head in heads:
        full.append(head or (full[-1] if full else ""))
    return full


def holds(value: str, key: str) -> bool:
    """Whether a cell holds a key, and no more than a cell should."""
    words = [word.rstrip("%") for word in re.findall(r"[^\s()/]+", value)]
    return key in words and len(words) <= MOST_WORDS


def shares(name: str, asked: frozenset[str]) -> bool:
    """Whether the name of a row or column has a word that is asked about."""
    return not asked.isdisjoint(stem_words(name.replace("_", " "))) or is_label_asked(name, asked)


def is_read(question: dict[str, Any], cells: Sequence[Cell]) -> bool:
    """Whether each part of the answer is a cell whose row and column are asked about."""
    named = " ".join([question["question_en"], *question["evidence"]])
    named += " " + " ".join(also for word, also in ALSO.items() if word.lower() in named.lower())
    asked = find_asked_terms("", named.replace("_", " "))
    told = [cell for cell in cells if shares(cell.label, asked) and shares(cell.head, asked)]
    return all(
        any(holds(cell.value, key) for cell in told for key in keys)
        for keys in question["answer_must_include"]
    )


def seconds_a_page(read: Way, papers: Sequence[Path]) -> float:
    """How long a page with the caption of a table takes."""
    pages = [
        (path, number)
        for path in papers
        for number, page in enumerate(parsed(path)[0].pages, start=1)
        if CAPTION.search(page.text)
    ]
    if read is read_ours:
        return sum(parsed(path)[1] for path, _ in pages) / len(pages)
    started = time.perf_counter()
    for path, number in pages:
        read(path, number)
    return (time.perf_counter() - started) / len(pages)


def main(folder: Path, questions: Path) -> None:
    """Print what each way reads, what it doesn't, and how long it takes."""
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    asked = [question for question in asked if question["kind"] == "table"]
    papers = sorted({folder / question["document"] for question in asked})
    ways: dict[str, Way] = {
        "ours": read_ours,
        "find_tables": read_found,
        "pymupdf4llm": read_markdown,
    }
    for name, read in ways.items():
        unread = [
            question["id"]
            for question in asked
            if not any(
                is_read(question, read(folder / question["document"], page))
                for page in [*question["pages"], *(question.get("alt_pages") or [])]
            )
        ]
        seconds = seconds_a_page(read, papers)
        print(f"{name}: {len(asked) - len(unread)} of {len(asked)}, {seconds:.2f} s a page")
        print(f"  not read: {' '.join(unread)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
