"""Scanned pages: what Tesseract reads of them, however they lie, and what is said without it."""

import re
from pathlib import Path

import pymupdf
import pytest

from retrieval.errors import UnreadableFile
from retrieval.parsing import ocr
from retrieval.parsing.pdf import read_pdf
from retrieval.passages import Evidence
from retrieval.viewing.places import Box, find_places
from tests.samples import make_pdf, passage
from tests.ui.command.commands import munheon

ENGLISH = "SOLAR has forty eight layers."
KOREAN = "평가에서는 점수를 다시 준다."
# Enough words for Tesseract to tell how the page lies.
LINES = [
    "Depth up-scaling makes a larger model of a smaller one.",
    "It copies the layers of the base model, and drops some of",
    "the last layers of the one and the first of the other.",
    ENGLISH,
    "The model is then trained further, until it is as good as",
    "before, and after that it is tuned to follow instructions.",
]
# Points by which a recognised line's box may differ: a third of what lines are apart.
NEAR = 8


@pytest.fixture
def tesseract() -> None:
    if ocr.list_languages() != list(ocr.OCR_LANGUAGES):
        pytest.skip("Tesseract is not installed with Korean and English")


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Tesseract's data."""

    def nothing() -> None:
        raise RuntimeError("No tessdata specified and Tesseract is not installed")

    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(pymupdf, "get_tessdata", nothing)


def printed(*lines: str) -> pymupdf.Document:
    """A small page of large type, which is read fast."""
    document = pymupdf.open()
    writer = pymupdf.TextWriter(document.new_page(width=500, height=220).rect)
    for number, line in enumerate(lines):
        writer.append((30, 50 + 24 * number), line, font=pymupdf.Font("korea"), fontsize=15)
    writer.write_text(document[0])
    return document


def scan(path: Path, page: pymupdf.Page, *, turn: int = 0) -> Path:
    """The picture of a page, scanned after a turn of so many degrees, as a PDF."""
    page.set_rotation(turn)
    with pymupdf.open() as document:
        scanned = document.new_page(width=page.rect.width, height=page.rect.height)
        scanned.insert_image(scanned.rect, pixmap=page.get_pixmap(dpi=200))
        document.save(path)
    page.set_rotation(0)
    return path


def box_of(document: pymupdf.Document, quote: str) -> Box:
    """The box of words on one line of a page."""
    [place] = find_places(
        document, Evidence(passage=passage(quote, page_starts=[(0, 1)]), start=0, end=len(quote))
    )
    [box] = place.boxes
    return box


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_read_and_found_on_the_page_however_it_lies(
    tesseract: None, tmp_path: Path, turn: int
):
    with printed(*LINES) as document:
        path = scan(tmp_path / "a.pdf", document[0], turn=turn)
        where, upright = box_of(document, ENGLISH), document[0].rect

    paper = read_pdf(path)

    assert ENGLISH in paper.pages[0].text
    assert paper.warning == "1쪽은 그림에서 글자를 알아보았습니다 (pages read by OCR: 1)"
    with pymupdf.open(stream=paper.copy) as shown:
        assert (shown[0].rotation, shown[0].rect) == (0, upright)
        assert box_of(shown, ENGLISH) == pytest.approx(where, abs=NEAR)
        [picture, *_] = shown[0].get_image_info()
        assert picture["bbox"] == pytest.approx(tuple(upright), abs=1)


def test_a_page_that_is_turned_by_its_own_word_is_read_too(tesseract: None, tmp_path: Path):
    with printed(*LINES) as document:
        path = scan(tmp_path / "a.pdf", document[0], turn=90)
    with pymupdf.open(path) as scanned:
        scanned[0].set_rotation(270)
        scanned.save(tmp_path / "b.pdf")

    assert ENGLISH in read_pdf(tmp_path / "b.pdf").pages[0].text


def test_korean_is_read(tesseract: None, tmp_path: Path):
    with printed(KOREAN, KOREAN) as document:
        path = scan(tmp_path / "a.pdf", document[0])

    text = read_pdf(path).pages[0].text

    assert "".join(KOREAN.split()) in "".join(text.split())


def test_a_page_of_few_words_stays_as_it_lies(tesseract: None, tmp_path: Path):
    with printed(ENGLISH) as document:
        path = scan(tmp_path / "a.pdf", document[0])

    assert read_pdf(path).pages[0].text == ENGLISH


def test_without_the_command_pages_are_read_as_they_lie(
    tesseract: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TESSDATA_PREFIX", pymupdf.get_tessdata())
    monkeypatch.setenv("PATH", str(tmp_path))
    with printed(*LINES) as document:
        path = scan(tmp_path / "a.pdf", document[0])

    assert ENGLISH in read_pdf(path).pages[0].text


def test_a_page_with_letters_is_no_scan(tmp_path: Path):
    with pymupdf.open(make_pdf(tmp_path / "a.pdf", ENGLISH, "")) as document:
        assert ocr.find_scanned_pages(document) == []


class TestWithoutTesseract:
    def test_a_scan_says_what_to_install(self, no_tesseract: None, tmp_path: Path):
        with printed(*LINES) as document:
            path = scan(tmp_path / "a.pdf", document[0])

        with pytest.raises(UnreadableFile, match="apt install tesseract-ocr tesseract-ocr-kor"):
            read_pdf(path)

    def test_the_other_pages_are_read_with_a_warning(self, no_tesseract: None, tmp_path: Path):
        with printed(*LINES) as document:
            scan(tmp_path / "scan.pdf", document[0])
        path = make_pdf(tmp_path / "a.pdf", "Words of page one.")
        with pymupdf.open(path) as whole, pymupdf.open(tmp_path / "scan.pdf") as scanned:
            whole.insert_pdf(scanned)
            whole.insert_pdf(scanned)
            whole.save(tmp_path / "b.pdf")

        paper = read_pdf(tmp_path / "b.pdf")

        assert [page.text for page in paper.pages] == ["Words of page one.", "", ""]
        assert paper.warning.startswith("2-3쪽은 그림이라 읽지 못했습니다.")
        assert "apt install tesseract-ocr" in paper.warning
        assert paper.copy is None

    def test_the_command_line_shows_it(self, no_tesseract: None, openai: object, tmp_path: Path):
        with printed(*LINES) as document:
            path = scan(tmp_path / "a.pdf", document[0])

        result = munheon("index", path)

        assert result.exit_code == 1
        assert "실패    a.pdf: 글자가 없는 PDF입니다(스캔본). 글자를 알아보려면" in result.stderr


def print_without_letters(path: Path, *, shift: int | None) -> Path:
    """A page that looks right, in a font with no map to letters, or one that is off by `shift`."""
    source = pymupdf.open()
    page = source.new_page(width=500, height=220)
    page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("korea").buffer)
    for number, line in enumerate(LINES):
        page.insert_text((30, 50 + 24 * number), line, fontname="F0", fontsize=15)
    with pymupdf.open("pdf", source.tobytes()) as document:
        for xref in range(1, document.xref_length()):
            kind, value = document.xref_get_key(xref, "ToUnicode")
            if kind == "xref" and shift is None:
                document.xref_set_key(xref, "ToUnicode", "null")
            elif kind == "xref":
                at = int(value.split()[0])
                shifted = re.sub(
                    rb"(<\w{4}> <\w{4}> <)(\w{4})>",
                    lambda match: match[1] + b"%04x>" % (int(match[2], 16) + (shift or 0)),
                    document.xref_stream(at),
                )
                document.update_stream(at, shifted)
        document.save(path)
    return path


@pytest.mark.parametrize("shift", [None, 3], ids=["no map", "a false map"])
class TestFontsWithoutLetters:
    def test_the_page_is_read_by_its_picture(
        self, tesseract: None, tmp_path: Path, shift: int | None
    ):
        path = print_without_letters(tmp_path / "a.pdf", shift=shift)
        with pymupdf.open(path) as document:
            assert ENGLISH not in document[0].get_text()

        paper = read_pdf(path)

        assert ENGLISH in paper.pages[0].text
        assert "1쪽은 글꼴이 글자를 알려 주지 않아 그림에서 글자를 알아보았습니다" in paper.warning
        with pymupdf.open(stream=paper.copy) as shown:
            assert box_of(shown, ENGLISH)

    def test_without_tesseract_the_reason_is_told(
        self, no_tesseract: None, tmp_path: Path, shift: int | None
    ):
        with pytest.raises(UnreadableFile, match="글꼴이 글자를 알려 주지 않아 읽을 수 없습니다"):
            read_pdf(print_without_letters(tmp_path / "a.pdf", shift=shift))
