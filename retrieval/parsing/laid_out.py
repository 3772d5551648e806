"""Files that have no pages of their own (web pages, Word, PowerPoint, e-books), laid out as a PDF.

They are always laid out alike, so that what was read stands on the page that is shown later.
"""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from retrieval.decoding import decode_text
from retrieval.file_names import UNDECODED
from retrieval.parsing.kinds import Kind, find_kind

# A4 in points, and the size of plain type.
WIDTH, HEIGHT, TYPE_SIZE = 595, 842, 11
SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
# A web page's pictures are no part of its file.
PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
# Held while the style of all documents of this process is changed.
_STYLE = Lock()


def open_document(path: Path) -> Any:
    """A file as a PDF that PyMuPDF has opened: as it is, or laid out.

    UnreadableFile where its kind is not read; else raises what PyMuPDF raises.
    """
    import pymupdf  # takes two seconds, so only who reads pays

    pymupdf.TOOLS.mupdf_display_errors(False)  # type: ignore[no-untyped-call]
    kind = find_kind(path)
    if kind != "pdf":
        return _lay_out(path.read_bytes(), kind)
    if UNDECODED.search(str(path)):  # PyMuPDF takes no such name
        return pymupdf.open(stream=path.read_bytes(), filetype="pdf")  # type: ignore[no-untyped-call]
    return pymupdf.open(path, filetype="pdf")  # type: ignore[no-untyped-call]


def _lay_out(data: bytes, kind: Kind) -> Any:
    import pymupdf

    content = _prepare_page(data) if kind == "html" else data
    style = _part_slides(data) if kind == "pptx" else ""
    with _STYLE:
        pymupdf.mupdf.fz_set_user_css(style)
        try:
            with pymupdf.open(stream=content, filetype=kind) as document:  # type: ignore[no-untyped-call]
                document.layout(width=WIDTH, height=HEIGHT, fontsize=TYPE_SIZE)
                title = (document.metadata or {}).get("title") or ""
                pages = document.convert_to_pdf()
        finally:
            pymupdf.mupdf.fz_set_user_css("")
    laid_out = pymupdf.open("pdf", pages)  # type: ignore[no-untyped-call]
    laid_out.set_metadata({"title": title})
    return laid_out


def _prepare_page(data: bytes) -> bytes:
    """A web page in UTF-8, without the pictures for which signs would stand in its text."""
    return PICTURE.sub("", decode_text(data)).encode()


def _part_slides(data: bytes) -> str:
    """The style by which each slide but the last ends a page."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        slides = sum(bool(SLIDE.fullmatch(name)) for name in file.namelist())
    ends = ",".join(f"#slide{number}" for number in range(slides - 1))
    return f"{ends}{{page-break-after:always}}" if ends else ""
