"""What kind of file it is, by its content first and its name second, and which kinds can be read."""

from pathlib import Path
from typing import Literal

from retrieval.errors import UnreadableFile
from retrieval.parsing.text_files import SUFFIXES as TEXTS
from retrieval.parsing.text_files import is_text_file
from retrieval.parsing.zipped import BROKEN_FILE, list_zipped

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

WEB_PAGE = "PDF가 아니라 웹 페이지입니다. 로그인 화면을 내려받았을 수 있으니 다시 받으세요. (a web page, not a PDF)"
BROKEN = "손상되었거나 PDF가 아닙니다. (broken, or not a PDF)"
EMPTY = "빈 파일입니다. (empty file)"


class UnsupportedFile(UnreadableFile):
    """A file of a kind that is not read; the message says which."""


def find_kind(path: Path) -> Kind:
    """The kind of a file; UnsupportedFile where it cannot be read, UnreadableFile where it is broken."""
    with path.open("rb") as file:
        begins = file.read(HEADER_BYTES)
    if not begins:
        raise UnreadableFile(EMPTY)
    suffix = path.suffix.lower()
    if begins.startswith(PDF) or (PDF in begins and not _is_written(suffix)):
        return "pdf"
    if begins.startswith(ZIP):
        return _find_zipped_kind(path)
    if sign := next(filter(begins.startswith, SIGNS), None):
        raise UnsupportedFile(_explain_kind(suffix, SIGNS[sign]))
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
    raise UnsupportedFile(_explain_kind(path.suffix.lower(), "ZIP"))


def _find_kind_by_name(path: Path, begins: bytes) -> Kind:
    """The kind of a file whose first bytes say nothing."""
    suffix = path.suffix.lower()
    if is_text_file(path):
        return "text"
    if suffix in WEB_PAGES:
        return "html"
    if suffix == ".pdf":
        is_page = begins.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        raise UnreadableFile(WEB_PAGE if is_page else BROKEN)
    if suffix in SUFFIXES:
        raise UnreadableFile(BROKEN_FILE)
    raise UnsupportedFile(_explain_kind(suffix, ""))


def _explain_kind(suffix: str, sign: str) -> str:
    """What is said of a kind that is not read, by the name of the file and the sign in it."""
    if sign and suffix in SUFFIXES:
        korean, english = f"이름은 {suffix}이지만 {sign}", f"{sign} under the name of {suffix}"
    else:
        korean, english = suffix or sign or "알 수 없음", suffix or sign or "unknown"
    return (
        f"지원하지 않는 형식입니다: {korean}. PDF로 저장해 색인하세요. "
        f"(unsupported kind: {english}; save it as a PDF)"
    )
