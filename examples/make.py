"""Sets the notes of examples/source as the PDFs of examples/papers."""

# mypy: allow-untyped-calls
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

HERE = Path(__file__).resolve().parent
SOURCE, PAPERS = HERE / "source", HERE / "papers"

PAGE = pymupdf.paper_rect("a4")
MARGINS = (60, 50, -60, -56)

STYLE = """
body { font-family: sans-serif; font-size: 10pt; line-height: 1.35; }
h1 { font-size: 16pt; margin: 0 0 8pt 0; }
h2 { font-size: 12.5pt; margin: 12pt 0 4pt 0; }
p { margin: 0 0 6pt 0; }
ul { margin: 0 0 6pt 0; padding-left: 16pt; }
li { margin: 0 0 2pt 0; }
table { border-collapse: collapse; margin: 4pt 0 10pt 0; width: 100%; }
th, td { border: 0.6pt solid #777; padding: 2pt 5pt; font-size: 9pt; }
th { text-align: left; }
.whole { white-space: nowrap; }
"""


def text(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """Escape text so that the PDF gives it back: no hyphenated word cut, no fi in one glyph."""
    html = escapeHtml(tokens[index].content)
    html = re.sub(r"\S*\w-\w\S*", r'<span class="whole">\g<0></span>', html)
    return re.sub("f(?=[fil])", "f<span></span>", html)


def to_html(markdown: str) -> str:
    """Turn a note into the HTML that MuPDF lays out."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.add_render_rule("text", text)
    return str(parser.render(markdown))


def set_pages(html: str) -> pymupdf.Document:
    """Lay the HTML out on as many A4 pages as it needs."""
    story, buffer = pymupdf.Story(html, user_css=STYLE), io.BytesIO()
    writer, more = pymupdf.DocumentWriter(buffer), 1
    while more:
        device = writer.begin_page(PAGE)
        more, _ = story.place(PAGE + MARGINS)
        story.draw(device)
        writer.end_page()
    writer.close()
    return pymupdf.open("pdf", buffer.getvalue())


def number_pages(document: pymupdf.Document) -> None:
    """Write "1 / 3" and so on at the foot of every page."""
    font = pymupdf.Font("helv")
    for page in document.pages():
        label = f"{page.number + 1} / {document.page_count}"
        middle = (PAGE.width - font.text_length(label, 9)) / 2
        page.wrap_contents()  # a finished page is left with its axes upside down
        footer = pymupdf.TextWriter(PAGE)
        footer.append((middle, PAGE.height - 30), label, font=font, fontsize=9)
        footer.write_text(page)


def to_pdf(markdown: str) -> bytes:
    """Give a note as a PDF: the same bytes every time, so that a rebuild changes nothing."""
    document = set_pages(to_html(markdown))
    number_pages(document)
    document.subset_fonts()
    heading = markdown.partition("\n")[0].removeprefix("# ")
    document.set_metadata({"title": heading, "author": "munheon"})
    return bytes(document.tobytes(garbage=4, deflate=True, no_new_id=True))


def main() -> None:
    """Set every note anew."""
    for note in sorted(SOURCE.glob("*.md")):
        paper = PAPERS / f"{note.stem}.pdf"
        paper.write_bytes(to_pdf(note.read_text(encoding="utf-8")))
        print(paper.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
