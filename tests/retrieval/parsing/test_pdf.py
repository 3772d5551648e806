"""Reading PDFs: what can be read of each, and why there is nothing to read."""

from pathlib import Path

import pymupdf
import pytest

from retrieval.errors import UnreadableFile
from retrieval.parsing.pdf import read_pdf
from tests.samples import make_pdf

CASES = Path(__file__).parents[4] / "shared" / "pdf-cases"


def cases(kind: str) -> list[Path]:
    return sorted((CASES / kind).glob("*.pdf"))


class TestUnreadable:
    def test_an_empty_file(self, tmp_path: Path):
        (tmp_path / "a.pdf").touch()

        with pytest.raises(UnreadableFile, match="빈 파일"):
            read_pdf(tmp_path / "a.pdf")

    @pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n", b"\0" * 5_000])
    def test_a_broken_file(self, tmp_path: Path, content: bytes):
        (tmp_path / "a.pdf").write_bytes(content)

        with pytest.raises(UnreadableFile, match="손상되었거나 PDF가 아닙니다"):
            read_pdf(tmp_path / "a.pdf")

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"\n<!DOCTYPE html><html><body>Please log in.</body></html>", "웹 페이지"),
            (b"<html><p>About llamas.</p></html>", "웹 페이지"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "지원하지 않는 형식입니다: 이름은 .pdf이지만 PNG"),
        ],
    )
    def test_another_kind_of_file_that_is_called_a_pdf(
        self, tmp_path: Path, content: bytes, told: str
    ):
        (tmp_path / "a.pdf").write_bytes(content)

        with pytest.raises(UnreadableFile, match=told):
            read_pdf(tmp_path / "a.pdf")

    def test_half_a_file(self, papers: Path, tmp_path: Path):
        whole = (papers / "solar.pdf").read_bytes()
        (tmp_path / "a.pdf").write_bytes(whole[: len(whole) // 4])

        with pytest.raises(UnreadableFile):
            read_pdf(tmp_path / "a.pdf")

    def test_a_locked_file(self, tmp_path: Path):
        path = make_pdf(tmp_path / "a.pdf", "Secret words.", password="secret")

        with pytest.raises(UnreadableFile, match="암호로 잠긴"):
            read_pdf(path)

    def test_a_scan(self, tmp_path: Path):
        with pymupdf.open() as document:
            picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 50, 50))
            picture.clear_with(255)  # what stands in fresh memory may look like letters
            document.new_page().insert_image((72, 72, 300, 300), pixmap=picture)
            document.save(tmp_path / "a.pdf")

        with pytest.raises(UnreadableFile, match="OCR"):
            read_pdf(tmp_path / "a.pdf")


@pytest.mark.skipif(not CASES.exists(), reason="the shared PDF cases are not on this machine")
class TestCasesFromElsewhere:
    @pytest.mark.parametrize("path", cases("encrypted"), ids=lambda path: path.stem)
    def test_locked_ones_say_so(self, path: Path):
        with pytest.raises(UnreadableFile, match="암호로 잠긴"):
            read_pdf(path)

    @pytest.mark.parametrize(
        "path", cases("corrupt") + cases("scanned") + cases("empty"), ids=lambda path: path.stem
    )
    def test_bad_ones_are_read_or_named_with_a_reason(self, path: Path):
        try:
            paper = read_pdf(path)
        except UnreadableFile as error:
            reason = str(error)
        else:
            assert any(page.text for page in paper.pages)
            return
        assert any(word in reason for word in ("손상", "글자가 없는", "빈 파일"))

    @pytest.mark.parametrize("path", cases("cjk") + cases("layout"), ids=lambda path: path.stem)
    def test_every_layout_gives_text(self, path: Path):
        paper = read_pdf(path)

        assert any(page.text for page in paper.pages)
        assert [page.number for page in paper.pages] == list(range(1, len(paper.pages) + 1))
        assert all("ﬁ" not in page.text and "\u00a0" not in page.text for page in paper.pages)
