"""What kind of file it is, by its content first and its name second, and which kinds can be read."""

from pathlib import Path
from typing import Literal

from language.catalogue import Text
from retrieval.errors import UnreadableFile
from retrieval.parsing.text_files import SUFFIXES as TEXTS
from retrieval.parsing.text_files import is_text_file
from retrieval.parsing.zipped import list_zipped

Kind = Literal["pdf", "text", "html", "docx", "pptx", "epub"]

WEB_PAGES = {".html", ".htm", ".xhtml"}
# The suffixes under which files are looked for below folders.
SUFFIXES = (".pdf", *sorted(TEXTS), *sorted(WEB_PAGES), ".docx", ".pptx", ".epub")
# What a zip of each kind holds.
ZIPPED: dict[str, Kind] = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "META-INF/container.xml": "epub",
}
# How files begin that cannot be read, and what they are called.
SIGNS = {
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"RIFF": "RIFF(WEBP, WAV, AVI)",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "OLE(DOC, XLS, PPT, HWP, locked)",
    b"{\\rtf": "RTF",
    b"%!PS": "PostScript",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7Z",
    b"Rar!": "RAR",
}
ZIP = b"PK\x03\x04"
PDF = b"%PDF"
# Where the mark of a PDF may stand, in bytes.
HEADER_BYTES = 1024


class UnsupportedFile(UnreadableFile):
    """A file of a kind that is not read, by its suffix and the sign in it."""

    def __init__(self, suffix: str, sign: str = "") -> None:
        if sign and suffix in SUFFIXES:
            kind: object = Text("reading.misnamed", suffix=suffix, sign=sign)
        else:
            kind = suffix or sign or Text("reading.unknown_kind")
        super().__init__("reading.unsupported", kind=kind)


def find_kind(path: Path) -> Kind:
    """The kind of a file; UnsupportedFile where it cannot be read, UnreadableFile where it is broken."""
    with path.open("rb") as file:
        begins = file.read(HEADER_BYTES)
    if not begins:
        raise UnreadableFile("reading.empty")
    suffix = path.suffix.lower()
    if begins.startswith(PDF) or (PDF in begins and not _is_written(suffix)):
        return "pdf"
    if begins.startswith(ZIP):
        return _find_zipped_kind(path)
    if sign := next(filter(begins.startswith, SIGNS), None):
        raise UnsupportedFile(suffix, SIGNS[sign])
    return _find_kind_by_name(path, begins)


def choose_suffix(path: Path) -> str:
    """The suffix that tells a file's kind: its own, or that of the kind where its own misleads.

    A file that was broken since it was read: its own.
    """
    suffix = path.suffix.lower()
    try:
        kind = find_kind(path)
    except UnreadableFile:
        return suffix if suffix in SUFFIXES else ".pdf"
    return suffix if _is_written(suffix) and kind in ("text", "html") else f".{kind}"


def _is_written(suffix: str) -> bool:
    """Whether a file of this name is text, of which a PDF's mark may be a part."""
    return suffix in TEXTS or suffix in WEB_PAGES


def _find_zipped_kind(path: Path) -> Kind:
    names = list_zipped(path)
    for name, kind in ZIPPED.items():
        if name in names:
            return kind
    raise UnsupportedFile(path.suffix.lower(), "ZIP")


def _find_kind_by_name(path: Path, begins: bytes) -> Kind:
    """The kind of a file whose first bytes say nothing."""
    suffix = path.suffix.lower()
    if is_text_file(path):
        return "text"
    if suffix in WEB_PAGES:
        return "html"
    if suffix == ".pdf":
        is_page = begins.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        raise UnreadableFile("reading.web_page" if is_page else "reading.broken")
    if suffix in SUFFIXES:
        raise UnreadableFile("reading.broken_file")
    raise UnsupportedFile(suffix)
