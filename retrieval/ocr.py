"""Read scanned pages: Tesseract's words are laid over the picture, unseen, where they stand."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

LANGUAGES = ("kor", "eng")
DPI = 200
PAGE_SECONDS = 60
HOW_TO_INSTALL = "글자를 알아보려면 Tesseract를 설치하고 다시 색인하세요: apt install tesseract-ocr tesseract-ocr-kor"
FEW = 10
# The part of a page that its pictures take up at least.
LEAST = 0.05


def scanned_pages(document: Any) -> list[int]:
    """The pages of a (PyMuPDF) document, from 1, that are pictures with next to no letters."""
    return [page.number + 1 for page in document if _is_scanned(page)]


def languages() -> list[str]:
    """The languages that this machine can recognise; none without Tesseract's data."""
    folder = _data()
    if folder is None:
        return []
    return [name for name in LANGUAGES if (folder / f"{name}.traineddata").exists()]


def add_letters(document: Any, pages: list[int], *, allow: Callable[[int], None]) -> None:
    """Lay the words that are recognised on these pages over them, for eyes that select and search.

    `allow` is told, before each, how many seconds it may take.
    """
    import pymupdf

    language = "+".join(languages())
    for number in pages:
        allow(PAGE_SECONDS)
        page = document[number - 1]
        page.remove_rotation()
        picture = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csRGB, alpha=False)
        data = picture.pdfocr_tobytes(language=language, tessdata=str(_data()), compress=False)
        with pymupdf.open("pdf", data) as words:  # type: ignore[no-untyped-call]
            for image in words[0].get_images():
                words[0].delete_image(image[0])
            page.show_pdf_page(page.rect, words, 0)


def _is_scanned(page: Any) -> bool:
    if len("".join(page.get_text().split())) >= FEW:
        return False
    pictures = (page.rect & picture["bbox"] for picture in page.get_image_info())
    return bool(sum(abs(box.get_area()) for box in pictures) > LEAST * abs(page.rect.get_area()))


def _data() -> Path | None:
    """The folder of Tesseract's data."""
    import pymupdf

    given = os.environ.get("TESSDATA_PREFIX")
    try:
        found = given or pymupdf.get_tessdata()  # type: ignore[no-untyped-call]
    except RuntimeError:
        return None
    return Path(found) if found else None
