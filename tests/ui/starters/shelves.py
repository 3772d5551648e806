"""Small libraries of papers to begin with."""

from pathlib import Path

from retrieval.parsing.chunks import Chunk
from retrieval.parsing.tables import find_tables
from retrieval.store.library import Library

ABSTRACT = (
    "Abstract\n\nWe present {name}, a language model for tides and the moon. "
    "We show that {name} outperforms all earlier models of tides by far.\n\n"
    "1 Introduction\n\nTides have been known for long, and few models know of them."
)
LIMITATIONS = (
    "Limitations\n\n{name} was only tried on the tides of the northern seas. "
    "Its predictions of storms are not reliable enough for ships."
)
SCORES = (
    "Table 2: Results of {name} on tides.\n\n"
    "Model\tMMLU\tGSM8K\n{name}-small\t40.4\t20.1\n{name}-base\t51.6\t30.3\n{name}-large\t61.6\t41.4\n\n"
    "We use MMLU to measure what {name} knows."
)
WHOLE = (ABSTRACT, LIMITATIONS, SCORES)


def add_paper(library: Library, title: str, *texts: str, name: str = "Tidal") -> int:
    """Add a paper with these passages to a library; its id."""
    path = library.home.parent / f"{len(library.list_documents())}.pdf"
    path.write_text(title, "utf-8")
    written = [text.format(name=name) for text in texts]
    chunks = [
        Chunk(
            text=text,
            page_starts=((0, at + 1),),
            tokens=9,
            new_tokens=9,
            tables=tuple(find_tables(text)),
        )
        for at, text in enumerate(written)
    ]
    digest = f"digest of {path.name}"
    id = library.add_parsed(path, digest, title=title, pages=3, chunks=chunks)
    library.set_ready(id)
    return id


def new_library(folder: Path) -> Library:
    """A library without papers."""
    return Library(folder / "home")
