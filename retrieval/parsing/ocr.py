"""Read scanned pages: Tesseract's words are laid over the picture, unseen, where they stand.

So are pages whose fonts do not tell their letters: a picture of each takes its place.
"""

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from language.legibility import MIN_LETTERS, is_legible

OCR_LANGUAGES = ("kor", "eng")
OCR_DPI = 200
OCR_PAGE_SECONDS = 60
# What Tesseract says of how a page lies. It was right about every page that was tried at each
# turn, 50 of papers and scans, and surer than this of all but one; few words make it unsure.
TURN = re.compile(rb"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
SURE = 2.0
TURN_SECONDS = 20
FEW = 10
# The part of a page that its pictures take up at least.
LEAST = 0.05


def find_scanned_pages(document: Any) -> list[int]:
    """The pages of a (PyMuPDF) document, from 1, that are pictures with next to no letters."""
    return [number + 1 for number in range(len(document)) if _is_scanned_page(document, number)]


def list_languages() -> list[str]:
    """The languages that this machine can recognise; none without Tesseract's data."""
    folder = _find_tesseract_data()
    if folder is None:
        return []
    return [name for name in OCR_LANGUAGES if (folder / f"{name}.traineddata").exists()]


def find_illegible_pages(document: Any) -> list[int]:
    """The pages, from 1, whose letters make no words: their fonts have no map to letters, or a false one.

    Where most pages are, those with too few letters to tell are taken for such too.
    """
    texts = {number: _read_text(document, number) for number in range(1, len(document) + 1)}
    illegible = [number for number, text in texts.items() if not is_legible(text)]
    judged = [number for number, text in texts.items() if len(text) >= MIN_LETTERS]
    if 2 * len(illegible) <= len(judged):
        return illegible
    return [
        number
        for number, text in texts.items()
        if number in illegible or 0 < len(text) < MIN_LETTERS
    ]


def draw_pages(document: Any, pages: Sequence[int]) -> None:
    """Put a picture of each of these pages in its place, without its letters."""
    import pymupdf

    for number in pages:
        picture = document[number - 1].get_pixmap(dpi=OCR_DPI, colorspace=pymupdf.csRGB)
        box = document[number - 1].rect
        document.delete_page(number - 1)
        page = document.new_page(number - 1, width=box.width, height=box.height)
        page.insert_image(page.rect, stream=picture.tobytes("jpg"))


def recognise_pages(document: Any, pages: Sequence[int], *, allow: Callable[[int], None]) -> None:
    """Lay the words that are recognised on these pages over them, for eyes that select and search.

    `allow` is told, before each, how many seconds it may take.
    """
    import pymupdf

    language = "+".join(list_languages())
    for number in pages:
        allow(OCR_PAGE_SECONDS)
        page = document[number - 1]
        page.remove_rotation()
        if turn := _find_rotation(_draw_upright(page)):
            page.set_rotation(turn)
            page.remove_rotation()
        data = _draw_upright(page).pdfocr_tobytes(
            language=language, tessdata=str(_find_tesseract_data()), compress=False
        )
        with pymupdf.open("pdf", data) as words:  # type: ignore[no-untyped-call]
            for image in words[0].get_images():
                words[0].delete_image(image[0])
            page.show_pdf_page(page.rect, words, 0)


def _read_text(document: Any, number: int) -> str:
    """The letters of a page, from 1, without white space at their ends; none of a damaged one."""
    import pymupdf

    try:
        return str(document[number - 1].get_text()).strip()
    except (pymupdf.mupdf.FzErrorBase, RuntimeError):
        return ""


def _is_scanned_page(document: Any, number: int) -> bool:
    """Whether a page, from 0, is a picture; one that is damaged is none, which its reader tells."""
    import pymupdf

    try:
        page = document[number]
        if len("".join(page.get_text().split())) >= FEW:
            return False
        pictures = [page.rect & picture["bbox"] for picture in page.get_image_info()]
    except (pymupdf.mupdf.FzErrorBase, RuntimeError):
        return False
    return bool(sum(abs(box.get_area()) for box in pictures) > LEAST * abs(page.rect.get_area()))


def _draw_upright(page: Any) -> Any:
    import pymupdf

    return page.get_pixmap(dpi=OCR_DPI, colorspace=pymupdf.csRGB, alpha=False)


def _find_rotation(picture: Any) -> int:
    """How many degrees clockwise set a picture of a page upright; 0 where that can't be told."""
    command = ["tesseract", "-", "-", "--psm", "0", "--tessdata-dir", str(_find_tesseract_data())]
    try:
        done = subprocess.run(
            command, input=picture.tobytes("png"), capture_output=True, timeout=TURN_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = TURN.search(done.stdout)
    return int(found[1]) if found and float(found[2]) >= SURE else 0


def _find_tesseract_data() -> Path | None:
    """The folder of Tesseract's data."""
    import pymupdf

    given = os.environ.get("TESSDATA_PREFIX")
    try:
        found = given or pymupdf.get_tessdata()  # type: ignore[no-untyped-call]
    except RuntimeError:
        return None
    return Path(found) if found else None
