"""Kinds of files are told by their content, and those without pages are read and shown as if laid out."""

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from retrieval.errors import UnreadableFile
from retrieval.parsing.files import read_file
from retrieval.parsing.kinds import UnsupportedFile, choose_suffix, find_kind
from retrieval.passages import Evidence
from retrieval.viewing.marking import can_browser_draw, mark_pdf, mark_picture
from tests.retrieval.desk import Desk
from tests.samples import evidence, make_pdf
from tests.zipped import make_docx, make_epub, make_pptx, make_zip

TEXT = "SOLAR has 48 layers. 솔라는 깊다."
PAGE = f"<h1>Depth</h1><p>{TEXT}</p>"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def make_html(path: Path) -> Path:
    path.write_bytes(
        f"<html><head><title>Page</title><script>x</script></head><body>{PAGE}"
        "<img src='a.png'></body></html>".encode("cp949")
    )
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "html": make_html,
    "docx": lambda path: make_docx(path, "Depth", TEXT),
    "pptx": lambda path: make_pptx(path, "Depth", TEXT),
    "epub": lambda path: make_epub(path, "Book", PAGE),
}


@pytest.fixture(params=MAKERS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    kind = str(request.param)
    return MAKERS[kind](tmp_path / f"a.{kind}")


class TestRead:
    def test_text_and_headings_are_read(self, made: Path):
        reading = read_file(made)

        text = "\n".join(chunk.text for chunk in reading.chunks)
        assert "SOLAR has 48 layers." in text
        assert "솔라는 깊다." in text
        assert "image" not in text
        assert reading.copy is None
        assert find_kind(made) == made.suffix[1:]

    def test_slides_are_pages(self, tmp_path: Path):
        reading = read_file(make_pptx(tmp_path / "a.pptx", "One.", "Two.", "Three."))

        assert reading.pages == 3
        assert [page for chunk in reading.chunks for _, page in chunk.page_starts] == [1, 2, 3]

    def test_the_first_heading_is_the_title(self, tmp_path: Path):
        assert read_file(make_html(tmp_path / "a.html")).title == "Depth"
        assert read_file(make_docx(tmp_path / "a.docx", "Depth", TEXT)).title == "Depth"


class TestShow:
    def piece(self) -> Evidence:
        return evidence("SOLAR has 48 layers.", TEXT, page_starts=[(0, 1)])

    def test_a_page_is_a_picture_and_marked_as_a_pdf(self, tmp_path: Path):
        original = MAKERS["docx"](tmp_path / "a.docx")

        assert mark_picture(original, {1: self.piece()}, 1) != mark_picture(original, {}, 1)
        with pymupdf.open(stream=mark_pdf(original, {1: self.piece()}), filetype="pdf") as document:
            page = document[0]
            [mark] = page.annots()
            assert "SOLAR has 48 layers." in page.get_textbox(mark.rect)
        assert can_browser_draw(original, 1)

    def test_the_original_is_kept_under_its_own_suffix(self, tmp_path: Path):
        desk = Desk(tmp_path)
        for kind, make in MAKERS.items():
            make(desk.papers / f"a.{kind}")

        assert set(desk.index().values()) == {"indexed"}

        kept = {path.suffix for path in (desk.home / "originals").iterdir()}
        assert kept == {f".{kind}" for kind in MAKERS}


class TestUnsupported:
    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("a.png", PNG, r"형식입니다: \.png\."),
            ("a.pdf", PNG, r"이름은 \.pdf이지만 PNG"),
            ("a.md", PNG, r"이름은 \.md이지만 PNG"),
            ("a.hwp", OLE, r"형식입니다: \.hwp\."),
            ("a.docx", OLE, r"이름은 \.docx이지만 OLE"),
            ("a.csv", b"1,2", r"형식입니다: \.csv\."),
            ("a", b"words", "알 수 없음"),
        ],
    )
    def test_a_kind_that_is_not_read_is_called_unsupported(
        self, tmp_path: Path, name: str, content: bytes, told: str
    ):
        (tmp_path / name).write_bytes(content)

        with pytest.raises(UnsupportedFile, match=told) as raised:
            find_kind(tmp_path / name)

        assert "손상" not in str(raised.value)

    def test_a_zip_is_known_by_what_it_holds(self, tmp_path: Path):
        make_zip(tmp_path / "a.docx", {"xl/workbook.xml": ""})
        make_docx(tmp_path / "b.zip", "Depth", TEXT)

        with pytest.raises(UnsupportedFile, match="ZIP"):
            find_kind(tmp_path / "a.docx")
        assert choose_suffix(tmp_path / "b.zip") == ".docx"

    def test_what_is_broken_is_not_called_unsupported(self, tmp_path: Path):
        (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 nonsense")

        with pytest.raises(UnreadableFile, match="손상") as raised:
            read_file(tmp_path / "a.docx")
        assert not isinstance(raised.value, UnsupportedFile)

    def test_a_pdf_is_one_under_any_name_but_a_text_may_speak_of_it(self, tmp_path: Path):
        make_pdf(tmp_path / "a.pdf", TEXT).rename(tmp_path / "a.txt")
        (tmp_path / "b.txt").write_text("The sign of a PDF is %PDF-1.7.")

        assert (find_kind(tmp_path / "a.txt"), find_kind(tmp_path / "b.txt")) == ("pdf", "text")
        assert choose_suffix(tmp_path / "a.txt") == ".pdf"

    def test_a_run_tells_it_alike_and_keeps_no_trace(self, tmp_path: Path):
        desk = Desk(tmp_path)
        desk.write("good.pdf", "Good words.")
        (desk.papers / "bad.pdf").write_bytes(PNG)
        (desk.papers / "bad.png").write_bytes(PNG)

        from_folder = {one.path.name: one.outcome for one in desk.results()}
        named = {one.path.name: one.outcome for one in desk.results(*desk.papers.iterdir())}

        assert from_folder == {"good.pdf": "indexed", "bad.pdf": "unsupported"}
        assert named == {
            "good.pdf": "unchanged",
            "bad.pdf": "unsupported",
            "bad.png": "unsupported",
        }
        assert [one.name for one in desk.library.list_documents()] == ["good.pdf"]
