"""Checks of what pages are read and shown with: Tesseract and fonts."""

import shutil
import subprocess
from collections.abc import Iterator

import pymupdf

from language.catalogue import write_text
from retrieval.parsing.ocr import OCR_LANGUAGES, list_languages
from ui.command.doctor.finding import Finding, Subject

SECONDS = 5.0
TESSERACT = "tesseract"
LIST_KOREAN_FONTS = ("fc-list", ":lang=ko", "family")
# The font that PyMuPDF draws Korean with where a PDF brings none, and a letter that it must have.
KOREAN_FONT, KOREAN_LETTER = "korea", "한"


def check_tesseract(subject: Subject) -> Iterator[Finding]:
    """Whether scanned pages can be read, in Korean and in English."""
    remedy = write_text("doctor.tesseract_remedy")
    if not shutil.which(TESSERACT):
        yield Finding("warning", write_text("doctor.tesseract_none"), remedy)
        return
    version = _run(TESSERACT, "--version").splitlines()[0]
    known = list_languages()
    told = f"{version} ({', '.join(known)})"
    if lacking := [name for name in OCR_LANGUAGES if name not in known]:
        wrong = write_text("doctor.tesseract_lacks", languages=", ".join(lacking))
        yield Finding("warning", f"{told}, {wrong}", remedy)
    else:
        yield Finding("ok", told)


def check_fonts(subject: Subject) -> Iterator[Finding]:
    """Whether Korean can be drawn: on pictures of pages, and by a browser of this machine."""
    font = pymupdf.Font(KOREAN_FONT)  # type: ignore[no-untyped-call]
    if not font.has_glyph(ord(KOREAN_LETTER)):  # type: ignore[no-untyped-call]
        told, remedy = write_text("doctor.pages_font_none"), write_text("doctor.packages_remedy")
        yield Finding("error", told, remedy)
    if not shutil.which(LIST_KOREAN_FONTS[0]):
        yield Finding("ok", write_text("doctor.pages_font", name=font.name))
    elif families := sorted(set(_run(*LIST_KOREAN_FONTS).splitlines())):
        yield Finding("ok", f"{font.name}; {families[0].split(',')[0]}")
    else:
        told = write_text("doctor.browser_font_none")
        yield Finding("warning", told, write_text("doctor.browser_font_remedy"))


def _run(*command: str) -> str:
    """What a program prints."""
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, text=True)
    return done.stdout or done.stderr
