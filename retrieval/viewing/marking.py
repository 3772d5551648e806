"""Show evidence where it stands: its PDF, or one page as a picture, with the words marked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval.errors import UnreadableFile, UserError
from retrieval.parsing.laid_out import open_document
from retrieval.passages import Evidence
from retrieval.viewing.places import Box, Place, find_places

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

# Light enough to read through, and told apart by readers who confuse red and green.
COLOURS: tuple[Colour, ...] = (
    (1.0, 0.91, 0.35),
    (0.62, 0.87, 1.0),
    (1.0, 0.76, 0.55),
    (0.80, 0.78, 1.0),
    (0.70, 0.95, 0.75),
)
# The number beside a mark, in points.
LABEL_SIZE, LABEL_WIDTH, LABEL_RISE = 7, 4, 2
LABEL_COLOUR: Colour = (0.75, 0.1, 0.1)
# Larger ones take a viewer in the browser too long to load.
LARGEST_BYTES = 20_000_000
LARGEST_PAGES = 150
PICTURE_DPI = 130
# Fonts with these ways of numbering letters need no tables that the browser's viewer lacks.
DRAWABLE_ENCODINGS = {"Identity-H", "Identity-V"}


class OriginalUnreadable(UserError):
    """The original cannot be opened any more."""

    def __init__(self, path: Path) -> None:
        super().__init__("libraries.original_unreadable", file=path.name)


def can_browser_draw(original: Path, page: int) -> bool:
    """Whether a viewer in the browser loads the PDF soon and draws the page right."""
    with _open_original(original) as document:
        if original.stat().st_size > LARGEST_BYTES or len(document) > LARGEST_PAGES:
            return False
        fonts = document[page - 1].get_fonts()
    return all(
        encoding in DRAWABLE_ENCODINGS and embedded != "n/a"
        for _, embedded, kind, _, _, encoding, *_ in fonts
        if kind == "Type0"
    )


def mark_pdf(original: Path, pieces: Mapping[int, Evidence]) -> bytes:
    """The whole PDF, each piece of evidence marked with its number, in that number's colour."""
    with _open_original(original) as document:
        _mark_pages(document, pieces)
        data: bytes = document.tobytes()
    return data


def mark_picture(original: Path, pieces: Mapping[int, Evidence], page: int) -> bytes:
    """One page as PNG, each piece of evidence on it marked the same way."""
    with _open_original(original) as document:
        _mark_pages(document, pieces)
        data: bytes = document[page - 1].get_pixmap(dpi=PICTURE_DPI).tobytes("png")
    return data


@contextmanager
def _open_original(original: Path) -> Iterator[Any]:
    import pymupdf  # takes two seconds, so only who shows pages pays

    try:
        with open_document(original) as document:
            yield document
    except (
        OSError,
        UnreadableFile,
        pymupdf.FileDataError,
        pymupdf.mupdf.FzErrorBase,
    ) as error:
        raise OriginalUnreadable(original) from error


def _mark_pages(document: Any, pieces: Mapping[int, Evidence]) -> None:
    for number, piece in pieces.items():
        for place in find_places(document, piece):
            _highlight_place(document[place.page - 1], place, number)


def _highlight_place(page: Any, place: Place, number: int) -> None:
    """Highlight the lines of a place, with the number in the margin before the first."""
    annotation = page.add_highlight_annot(quads=[_to_rectangle(box).quad for box in place.boxes])
    annotation.set_colors(stroke=COLOURS[(number - 1) % len(COLOURS)])
    annotation.update()
    left, _, _, bottom = place.boxes[0]
    label = f"[{number}]"
    at = (max(left - LABEL_WIDTH * len(label), 0), bottom - LABEL_RISE)
    page.insert_text(at, label, fontsize=LABEL_SIZE, color=LABEL_COLOUR)


def _to_rectangle(box: Box) -> Any:
    import pymupdf

    return pymupdf.Rect(*box)  # type: ignore[no-untyped-call]
