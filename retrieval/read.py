"""Read a PDF: its title, and page by page the text as a person would read it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from retrieval import ocr
from retrieval.errors import Locked, UnreadableFile
from retrieval.flow import ROW_BREAK, Block, paragraphs
from retrieval.furniture import Layout, line_text, without_furniture
from retrieval.grid import CELL, Piece, lines, rows
from retrieval.headings import LARGER, Heading, is_heading_text, with_levels
from retrieval.hidden import is_hidden
from retrieval.limits import PAGE_SECONDS, allow

TITLE_LENGTH = 200
BROKEN = "손상되었거나 PDF가 아닙니다. (broken, or not a PDF)"
NO_PAGES = "쪽이 없는 PDF입니다. 손상되었을 수 있습니다. (no pages: broken?)"
NO_TEXT = "글자가 없는 PDF입니다. (no text)"
REPAIRED = "손상된 PDF라 읽을 수 있는 것만 읽었습니다 (damaged: what could be read was read)"
# Between paragraphs, between pages, and where a page ends in mid-sentence; before a heading.
PARAGRAPH_BREAK, PAGE_BREAK, SOFT_PAGE_BREAK, HEADING = "\x01", "\x02", "\x03", "\x04"
BOLD = 16  # as PyMuPDF flags it
BOLD_FONT = re.compile(r"bold|black|heavy|medi|cmbx|sfbx|sfsx", re.IGNORECASE)
LINE_END_HYPHEN = re.compile(rf"(\w+)-([\n{SOFT_PAGE_BREAK}])(\w+)")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: paragraphs are apart by a blank line, table rows by a line break."""

    number: int
    """Counted from 1."""

    text: str
    goes_on: bool = False
    """Whether its last sentence ends on the next page."""

    headings: tuple[Heading, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What stands in one PDF."""

    title: str
    pages: tuple[Page, ...]
    hidden: int = 0
    """Letters that the pages hold but do not show; they are left out."""

    warning: str = ""
    """What may be missing or wrong in what was read."""

    copy: bytes | None = None
    """The PDF without its lock and with what was recognised on its pages, where it had need."""


def read_pdf(path: Path, password: str = "") -> Paper:
    """Read every page of a PDF; UnreadableFile says why there is nothing to read."""
    import pymupdf  # takes two seconds, so only who reads pays

    pymupdf.TOOLS.mupdf_display_errors(False)  # type: ignore[no-untyped-call]
    try:
        with pymupdf.open(path, filetype="pdf") as document:  # type: ignore[no-untyped-call]
            return _read(document, password)
    except pymupdf.EmptyFileError as error:
        raise UnreadableFile("빈 파일입니다. (empty file)") from error
    except (pymupdf.FileDataError, pymupdf.mupdf.FzErrorBase, RuntimeError) as error:
        raise UnreadableFile(BROKEN) from error


def _read(document: Any, password: str) -> Paper:
    """Read an open document, unlocked and its scanned pages recognised first."""
    import pymupdf

    was_locked = bool(document.needs_pass)
    if was_locked and not document.authenticate(password):
        raise Locked
    if not len(document):
        raise UnreadableFile(NO_PAGES)
    allow(PAGE_SECONDS * len(document))
    warnings = [REPAIRED] if document.is_repaired else []
    scanned = ocr.scanned_pages(document)
    if scanned and ocr.languages():
        ocr.add_letters(document, scanned, allow=allow)
        warnings.append(f"{_numbers(scanned)}쪽은 그림에서 글자를 알아보았습니다 (OCR)")
    elif scanned:
        warnings.append(f"{_numbers(scanned)}쪽은 그림이라 읽지 못했습니다. {ocr.HOW_TO_INSTALL}")
    layouts, hidden, unread = _layouts(document)
    if unread:
        warnings.append(f"{_numbers(unread)}쪽을 읽지 못했습니다 (damaged pages)")
    title = (document.metadata or {}).get("title") or ""
    if not any(block["lines"] for layout in layouts for block in layout):
        raise UnreadableFile(_why_no_text(scanned))
    is_changed = was_locked or (scanned and ocr.languages())
    copy = document.tobytes(encryption=pymupdf.mupdf.PDF_ENCRYPT_NONE) if is_changed else None
    paper = _paper(title, layouts, hidden)
    return replace(paper, warning="; ".join(warnings), copy=copy)


def _why_no_text(scanned: Sequence[int]) -> str:
    if scanned and not ocr.languages():
        return f"글자가 없는 PDF입니다(스캔본). {ocr.HOW_TO_INSTALL} (no text: needs OCR)"
    if scanned:
        return "글자가 없는 PDF입니다. 그림에서도 글자를 찾지 못했습니다. (no text: OCR found none)"
    return NO_TEXT


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers, runs of them shortened."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _layouts(document: Any) -> tuple[list[list[dict[str, Any]]], int, list[int]]:
    """What each page shows, how many letters none of them shows, and which can't be read."""
    import pymupdf

    layouts, hidden, unread = [], 0, []
    for number in range(len(document)):
        try:
            blocks, unseen = _layout(document[number])
        except (pymupdf.mupdf.FzErrorBase, RuntimeError):
            blocks, unseen = [], 0
            unread.append(number + 1)
        layouts.append(blocks)
        hidden += unseen
    return layouts, hidden, unread


def _layout(page: Any) -> tuple[list[dict[str, Any]], int]:
    """What a page shows, block by block, and how many letters it doesn't show."""
    hidden = 0
    blocks = page.get_text("dict", sort=False)["blocks"]
    for line in (line for block in blocks for line in block.get("lines", [])):
        unseen = [span for span in line["spans"] if is_hidden(page, span)]
        hidden += sum(len("".join(span["text"].split())) for span in unseen)
        line["spans"] = [span for span in line["spans"] if span not in unseen]
    for block in blocks:
        block["lines"] = [line for line in block.get("lines", []) if line["spans"]]
    return blocks, hidden


def _paper(title: str, layouts: Sequence[Layout], hidden: int) -> Paper:
    """Turn the layout of each page into text, and find the title."""
    layouts = [_parted(layout) for layout in without_furniture(layouts)]
    title = _title(title, layouts)
    blocks = [
        block for number, layout in enumerate(layouts, start=1) for block in _blocks(number, layout)
    ]
    if not blocks:
        raise UnreadableFile(NO_TEXT)
    known = set(re.findall(r"\w+(?:-\w+)+|\w+", "\n".join(block.text for block in blocks)))
    flow = paragraphs(with_levels(blocks, title))
    text = _joined("".join(_with_breaks(flow, len(layouts))), known)
    levels = iter([block.level for paragraph in flow for block in paragraph if block.level])
    return Paper(title=title, pages=tuple(_pages(text, levels)), hidden=hidden)


def _pages(text: str, levels: Iterator[int]) -> Iterator[Page]:
    """Each page of the text, with its headings, whose levels come in their order."""
    texts = re.split(f"[{PAGE_BREAK}{SOFT_PAGE_BREAK}]", text)
    ends = re.findall(f"[{PAGE_BREAK}{SOFT_PAGE_BREAK}]", text)
    for number, (page, end) in enumerate(zip(texts, [*ends, ""], strict=True), start=1):
        first, *marked = page.strip().split(HEADING)
        headings, shown = [], first
        for part in marked:
            words = part.split("\n", 1)[0].strip()
            headings.append(Heading(text=words, level=next(levels), offset=len(shown)))
            shown += part
        yield Page(
            number=number, text=shown, goes_on=end == SOFT_PAGE_BREAK, headings=tuple(headings)
        )


def _with_breaks(flow: Sequence[Sequence[Block]], pages: int) -> Iterator[str]:
    """The texts of all blocks, and what parts them."""
    page = 1
    for paragraph in flow:
        yield PAGE_BREAK * (paragraph[0].page - page) or PARAGRAPH_BREAK
        yield HEADING * bool(paragraph[0].level) + paragraph[0].text
        for block, following in pairwise(paragraph):
            yield "\n" if block.page == following.page else SOFT_PAGE_BREAK
            yield following.text
        page = paragraph[-1].page
    yield PAGE_BREAK * (pages - page)


def _parted(layout: Layout) -> Layout:
    """The layout with headings in blocks of their own, where they share one with their text."""
    return [part for block in layout for part in _heading_and_rest(block)]


def _heading_and_rest(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The two parts of a block whose first row is a heading by its words and type."""
    count = len(next(rows([_piece(line) for line in block["lines"]]), ()))
    head, rest = _with_lines(block, block["lines"][:count]), block["lines"][count:]
    words = normalized(" ".join(map(line_text, head["lines"])))
    if not rest or not is_heading_text(" ".join(words.split())):
        return [block]
    below = _with_lines(block, rest)
    is_set_apart = _is_bold(head) and not _is_bold({"lines": rest[:1]})
    is_larger = _largest(head) > _largest(below) + LARGER
    return [head, below] if is_set_apart or is_larger else [block]


def _with_lines(block: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A part of a block, in the box around its lines."""
    boxes = [line["bbox"] for line in lines] or [block["bbox"]]
    left, top = (min(box[at] for box in boxes) for at in (0, 1))
    right, bottom = (max(box[at] for box in boxes) for at in (2, 3))
    return {**block, "lines": lines, "bbox": (left, top, right, bottom)}


def _blocks(number: int, layout: Layout) -> Iterator[Block]:
    """The blocks of a page that have text, with the rows and heads of tables made out."""
    by_block = [list(rows([_piece(line) for line in block["lines"]])) for block in layout]
    texts = iter(lines([row for block in by_block for row in block]))
    for block, block_rows in zip(layout, by_block, strict=True):
        if text := _block_text(list(islice(texts, len(block_rows)))):
            _, top, _, bottom = block["bbox"]
            yield Block(
                text, number, top, bottom, _block_size(block), _largest(block), _is_bold(block)
            )


def _block_text(texts: list[str | None]) -> str:
    """The rows of one block."""
    edge = ROW_BREAK
    text = "\n".join(f"{edge}{row}{edge}" if CELL in row else row for row in texts if row)
    return re.sub(rf"[{edge}\n]*{edge}[{edge}\n]*", edge, text).strip(edge)


def _piece(line: dict[str, Any]) -> Piece:
    """A line where a reader sees it who turns the page until it is level."""
    left, top, right, bottom = line["bbox"]
    box = {
        (0.0, -1.0): (-bottom, left, -top, right),
        (0.0, 1.0): (top, -right, bottom, -left),
    }.get(tuple(line["dir"]), (left, top, right, bottom))
    return Piece(normalized(line_text(line)).strip(), *box)


def _block_size(block: dict[str, Any]) -> float:
    """The size of most letters of a block, in points."""
    sizes: Counter[float] = Counter()
    for span in (span for line in block["lines"] for span in line["spans"]):
        sizes[round(float(span["size"]), 1)] += len(span["text"])
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _largest(block: dict[str, Any]) -> float:
    """The size of its largest letters, in points."""
    return max(map(_type_size, block["lines"]))


def _is_bold(block: dict[str, Any]) -> bool:
    """Whether all its words are."""
    spans = (span for line in block["lines"] for span in line["spans"] if span["text"].strip())
    return all(span["flags"] & BOLD or BOLD_FONT.search(span["font"]) for span in spans)


def normalized(text: str) -> str:
    """One form for each letter (NFKC: ligatures, odd spaces), no control characters."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Zs"} else letter for letter in text
    )


def _joined(text: str, known: set[str]) -> str:
    """Join lines into paragraphs, and words that a line or page break has cut."""

    def whole(match: re.Match[str]) -> str:
        left, edge, right = match.groups()
        hyphenated = f"{left}-{right}"
        keeps = hyphenated in known or not right[0].islower() or left[-1].isdigit()
        return (hyphenated if keeps else left + right) + edge.strip()

    text = LINE_END_HYPHEN.sub(whole, text).replace("\n", " ")
    text = text.replace(ROW_BREAK, "\n").replace(PARAGRAPH_BREAK, "\n\n")
    return re.sub(r" {2,}", " ", text).strip()


def _title(given: str, layouts: Sequence[Layout]) -> str:
    """The title in the metadata, else what page one sets in the largest type."""
    if len(given.split()) > 1:
        return normalized(given).strip()[:TITLE_LENGTH]
    lines = [
        line
        for block in layouts[0]
        for line in block.get("lines", [])
        if line["dir"] == (1.0, 0.0) and line_text(line).strip()  # not arXiv's stamp
    ]
    largest = max(map(_type_size, lines), default=0.0)
    words = " ".join(line_text(line) for line in lines if _type_size(line) == largest)
    return re.sub(r"\s+", " ", normalized(words)).strip()[:TITLE_LENGTH]


def _type_size(line: dict[str, Any]) -> float:
    """The size of the largest letters of a line, in points."""
    return max(round(float(span["size"]), 1) for span in line["spans"])
