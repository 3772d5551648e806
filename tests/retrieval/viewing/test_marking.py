"""Marked pages: PDFs with highlights, and pictures where a viewer could not draw them."""

from pathlib import Path

import pymupdf
import pytest

from retrieval.passages import Evidence
from retrieval.viewing.marking import (
    COLOURS,
    OriginalUnreadable,
    can_browser_draw,
    mark_pdf,
    mark_picture,
)
from tests.samples import evidence, make_pdf

TEXT = "SOLAR has 48 layers. Gemma has 42."


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "a.pdf", TEXT, "Page two.")


def piece(quote: str) -> Evidence:
    return evidence(quote, TEXT, page_starts=[(0, 1)])


def highlights(data: bytes) -> list[tuple[int, tuple[float, ...], str]]:
    """Page, colour and words of each highlight."""
    with pymupdf.open(stream=data) as document:
        return [
            (
                page.number + 1,
                tuple(round(part, 2) for part in annotation.colors["stroke"]),
                page.get_textbox(annotation.rect).strip(),
            )
            for page in document
            for annotation in page.annots()
        ]


def test_each_piece_of_evidence_is_marked_in_its_colour(original: Path):
    marks = highlights(
        mark_pdf(original, {1: piece("SOLAR has 48 layers."), 7: piece("Gemma has 42.")})
    )

    assert [page for page, _, _ in marks] == [1, 1]
    assert marks[0][2].startswith("SOLAR has 48 layers.")
    assert marks[1][2].endswith("Gemma has 42.")
    assert [colour for _, colour, _ in marks] == [
        tuple(round(part, 2) for part in COLOURS[at]) for at in (0, 6 % len(COLOURS))
    ]


def test_the_number_stands_beside_its_mark(original: Path):
    with pymupdf.open(stream=mark_pdf(original, {3: piece("SOLAR has 48 layers.")})) as document:
        words = [word for *_, word, _, _, _ in document[0].get_text("words")]

    assert words.index("[3]") >= 0


def test_the_original_stays_as_it_is(original: Path):
    before = original.read_bytes()

    mark_pdf(original, {1: piece("SOLAR has 48 layers.")})

    assert original.read_bytes() == before


def test_a_page_comes_as_a_picture_with_its_marks(original: Path):
    plain = mark_picture(original, {}, 1)
    marked = mark_picture(original, {1: piece("SOLAR has 48 layers.")}, 1)

    assert plain.startswith(b"\x89PNG")
    assert marked != plain


def test_a_pdf_with_its_own_fonts_is_drawable(original: Path):
    assert can_browser_draw(original, 1)


def test_korean_without_embedded_fonts_is_not(tmp_path: Path):
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 100), "한국어 논문", fontname="korea")
        document.save(tmp_path / "a.pdf")

    assert not can_browser_draw(tmp_path / "a.pdf", 1)


def test_a_large_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, original: Path):
    monkeypatch.setattr("retrieval.viewing.marking.LARGEST_PAGES", 1)

    assert not can_browser_draw(original, 1)


@pytest.mark.parametrize("content", [None, b"", b"no pdf"])
def test_an_original_that_is_gone_or_broken_is_told(tmp_path: Path, content: bytes | None):
    if content is not None:
        (tmp_path / "a.pdf").write_bytes(content)

    with pytest.raises(OriginalUnreadable):
        mark_pdf(tmp_path / "a.pdf", {})
