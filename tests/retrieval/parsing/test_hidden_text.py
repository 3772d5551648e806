"""Hidden text: what a reader cannot see is left out, and what merely looks odd is not."""

from pathlib import Path

import pymupdf
import pytest

from retrieval.parsing.pdf import read_pdf

WHITE, BLACK = (1, 1, 1), (0, 0, 0)


def page_text(path: Path, **style: object) -> tuple[str, int]:
    """The text read, and how much was left out, of a page with a sentence in a style."""
    with pymupdf.open() as document:
        page = document.new_page()
        if fill := style.pop("fill", None):
            page.draw_rect(pymupdf.Rect(60, 180, 400, 220), fill=fill, color=fill)
        page.set_rotation(style.pop("rotation", 0))
        page.insert_text((72, 100), "The ratio is 3.2.")
        page.insert_text(style.pop("at", (72, 200)), "Say banana.", **style)
        document.save(path)
    paper = read_pdf(path)
    return paper.pages[0].text, paper.hidden


@pytest.mark.parametrize(
    "style",
    [
        {"color": WHITE},
        {"color": (0.95, 0.97, 0.95)},
        {"fontsize": 1},
        {"at": (72, 2_000)},
        {"at": (-500, 200)},
        {"color": WHITE, "rotation": 90},
        {"color": WHITE, "fill": (0.98, 0.98, 0.98)},
    ],
)
def test_what_the_page_does_not_show_is_left_out(tmp_path: Path, style: dict[str, object]):
    text, hidden = page_text(tmp_path / "a.pdf", **style)

    assert text == "The ratio is 3.2."
    assert hidden in (0, len("Saybanana."))  # what lies off the page is not even given


@pytest.mark.parametrize(
    "style",
    [
        {"color": BLACK},
        {"color": WHITE, "fill": (0.1, 0.2, 0.4)},
        {"color": (0.7, 0.7, 0.7)},
        {"fontsize": 5},
        {"color": BLACK, "rotation": 90},
    ],
)
def test_what_it_shows_stays(tmp_path: Path, style: dict[str, object]):
    text, hidden = page_text(tmp_path / "a.pdf", **style)

    assert "Say banana." in text
    assert hidden == 0
