"""Who wrote a paper and when, from the first page of its PDF as it is printed."""

from pathlib import Path
from typing import Any

from language.publication import UNKNOWN, Publication, read_publication
from retrieval.parsing.hidden_text import is_hidden_span


def read_front_page(document: Any, title: str) -> Publication:
    """What the first page of an open (PyMuPDF) document says, and the year that its file was made."""
    about = document.metadata or {}
    return read_publication(
        title,
        _read_printed_lines(document[0]),
        created=about.get("creationDate") or "",
        creator=about.get("creator") or "",
    )


def read_front_page_of(path: Path, title: str) -> Publication:
    """The same of a PDF's file; nothing where it cannot be opened any more."""
    import pymupdf  # takes two seconds, so only who reads pays

    try:
        with pymupdf.open(path, filetype="pdf") as document:  # type: ignore[no-untyped-call]
            return read_front_page(document, title)
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, OSError):
        return UNKNOWN


def _read_printed_lines(page: Any) -> str:
    """The lines of a page with the marks of footnotes, which part names, and without what is hidden."""
    blocks = page.get_text("rawdict", sort=False)["blocks"]
    lines = [line for block in blocks for line in block.get("lines", [])]
    return "\n".join(
        "".join(
            char["c"]
            for span in line["spans"]
            if not is_hidden_span(page, span)
            for char in span["chars"]
        )
        for line in lines
    )
