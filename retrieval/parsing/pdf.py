"""Read the pages of a file: unlocked, its scanned pages recognised, what no page shows left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from language.publication import UNKNOWN
from retrieval.errors import FileLocked, UnreadableFile
from retrieval.parsing import ocr
from retrieval.parsing.front_page import read_front_page
from retrieval.parsing.kinds import BROKEN, find_kind
from retrieval.parsing.laid_out import open_document
from retrieval.parsing.limits import PAGE_SECONDS, extend_time_limit
from retrieval.parsing.page_layout import read_layout
from retrieval.parsing.pages import NO_TEXT, assemble_paper
from retrieval.parsing.paper import Paper
from retrieval.parsing.zipped import BROKEN_FILE

NO_LETTERS = "글꼴이 글자를 알려 주지 않아"
NO_PAGES = "쪽이 없는 PDF입니다. 손상되었을 수 있습니다. (no pages: broken?)"
REPAIRED = "손상된 PDF라 읽을 수 있는 것만 읽었습니다 (damaged: what could be read was read)"


def read_pdf(path: Path, password: str = "") -> Paper:
    """Read every page of a PDF, or of what is laid out as one; UnreadableFile says why there is none."""
    import pymupdf  # takes two seconds, so only who reads pays

    try:
        with open_document(path) as document:
            if find_kind(path) == "pdf":
                return _read_document(document, password)
            return _read_laid_out(document)
    except pymupdf.EmptyFileError as error:
        raise UnreadableFile("빈 파일입니다. (empty file)") from error
    except (pymupdf.FileDataError, pymupdf.mupdf.FzErrorBase, RuntimeError) as error:
        raise UnreadableFile(BROKEN if path.suffix.lower() == ".pdf" else BROKEN_FILE) from error


def _read_laid_out(document: Any) -> Paper:
    """Read an open document that has been laid out: its letters are known, and no page is damaged."""
    extend_time_limit(PAGE_SECONDS * len(document))
    layouts, hidden, _ = _read_layouts(document)
    paper = assemble_paper(document.metadata["title"] or "", layouts, hidden)
    return replace(paper, publication=read_front_page(document, paper.title))


def _read_document(document: Any, password: str) -> Paper:
    """Read an open document, unlocked and its scanned pages recognised first."""
    import pymupdf

    was_locked = bool(document.needs_pass)
    if was_locked and not document.authenticate(password):
        raise FileLocked
    if not len(document):
        raise UnreadableFile(NO_PAGES)
    extend_time_limit(PAGE_SECONDS * len(document))
    warnings = [REPAIRED] if document.is_repaired else []
    illegible = ocr.find_illegible_pages(document)
    ocr.draw_pages(document, illegible)
    pictures = ocr.find_scanned_pages(document)
    can_recognise = bool(ocr.list_languages())
    if can_recognise:
        ocr.recognise_pages(document, pictures, allow=extend_time_limit)
    warnings += _explain_pictures(pictures, illegible, can_recognise)
    layouts, hidden, unread = _read_layouts(document)
    if unread:
        warnings.append(f"{_format_page_numbers(unread)}쪽을 읽지 못했습니다 (damaged pages)")
    title = (document.metadata or {}).get("title") or ""
    if not any(block["lines"] for layout in layouts for block in layout):
        raise UnreadableFile(_explain_no_text(pictures, illegible, can_recognise))
    is_changed = was_locked or (pictures and can_recognise)
    copy = document.tobytes(encryption=pymupdf.mupdf.PDF_ENCRYPT_NONE) if is_changed else None
    paper = assemble_paper(title, layouts, hidden)
    publication = UNKNOWN if 1 in unread else read_front_page(document, paper.title)
    return replace(paper, publication=publication, warning="; ".join(warnings), copy=copy)


def _explain_pictures(
    pictures: Sequence[int], illegible: Sequence[int], can_recognise: bool
) -> Iterator[str]:
    """What became of pages that had no letters, or none that make words."""
    scanned = [page for page in pictures if page not in illegible]
    for pages, why in ((scanned, ""), (illegible, f"{NO_LETTERS} ")):
        if pages and can_recognise:
            yield f"{_format_page_numbers(pages)}쪽은 {why}그림에서 글자를 알아보았습니다 (OCR)"
        elif pages:
            yield (
                f"{_format_page_numbers(pages)}쪽은 {why or '그림이라 '}읽지 못했습니다. "
                f"{ocr.HOW_TO_INSTALL}"
            )


def _explain_no_text(pictures: Sequence[int], illegible: Sequence[int], can_recognise: bool) -> str:
    """Why a document has no text at all."""
    if pictures and can_recognise:
        return "글자가 없는 PDF입니다. 그림에서도 글자를 찾지 못했습니다. (no text: OCR found none)"
    if illegible:
        return (
            f"{NO_LETTERS} 읽을 수 없습니다. {ocr.HOW_TO_INSTALL} (fonts without a map: needs OCR)"
        )
    if pictures:
        return f"글자가 없는 PDF입니다(스캔본). {ocr.HOW_TO_INSTALL} (no text: needs OCR)"
    return NO_TEXT


def _format_page_numbers(pages: Sequence[int]) -> str:
    """Page numbers, runs of them shortened."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _read_layouts(document: Any) -> tuple[list[list[dict[str, Any]]], int, list[int]]:
    """What each page shows, how many letters none of them shows, and which can't be read."""
    import pymupdf

    layouts, hidden, unread = [], 0, []
    for number in range(len(document)):
        try:
            blocks, unseen = read_layout(document[number])
        except (pymupdf.mupdf.FzErrorBase, RuntimeError):
            blocks, unseen = [], 0
            unread.append(number + 1)
        layouts.append(blocks)
        hidden += unseen
    return layouts, hidden, unread
