"""Tell text that a page holds but does not show: such text is often meant for machines alone."""

from typing import Any
from weakref import WeakKeyDictionary

# Below this, in points, letters are specks.
MIN_VISIBLE_SIZE = 2.0
# Colours with each part above this, and letters less opaque than that, may be lost on the page...
LIGHT = 0xE6
OPAQUE = 0x20
# ...and are, where the shades around them differ by less.
CONTRAST = 24
CONTRAST_DPI = 100
# The last page that was drawn.
_pictures: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def is_hidden_span(page: Any, span: dict[str, Any]) -> bool:
    """Whether a span of a (PyMuPDF) page's text cannot be seen: off the page, tiny, or too pale."""
    import pymupdf

    box = pymupdf.Rect(span["bbox"]) * page.rotation_matrix  # type: ignore[no-untyped-call]
    if span["size"] < MIN_VISIBLE_SIZE or not box.intersects(page.rect):
        return True
    return _is_pale_span(span) and bool(_measure_contrast(page, box) < CONTRAST)


def _is_pale_span(span: dict[str, Any]) -> bool:
    color = span["color"]
    parts = (color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF)
    return min(parts) >= LIGHT or bool(span.get("alpha", 0xFF) < OPAQUE)


def _measure_contrast(page: Any, box: Any) -> int:
    """The difference of the darkest and the lightest shade in a box, as the page is drawn."""
    drawn = _draw_page(page)
    area = (box * (CONTRAST_DPI / 72)).irect & drawn.irect
    rows = (
        drawn.samples_mv[y * drawn.stride + area.x0 : y * drawn.stride + area.x1]
        for y in range(area.y0, area.y1)
    )
    extremes = [(min(row), max(row)) for row in rows if len(row)]
    if not extremes:
        return 0
    return int(max(most for _, most in extremes) - min(least for least, _ in extremes))


def _draw_page(page: Any) -> Any:
    """A page as it is drawn: once, for a scan with a layer of unseen text asks for each word."""
    import pymupdf

    if page not in _pictures:
        _pictures.clear()
        _pictures[page] = page.get_pixmap(dpi=CONTRAST_DPI, colorspace=pymupdf.csGRAY)
    return _pictures[page]
