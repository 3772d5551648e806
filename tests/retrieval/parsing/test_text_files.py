"""Markdown and plain text: encodings, headings, reasons."""

from pathlib import Path

import pytest

from retrieval.errors import UnreadableFile
from retrieval.parsing.sections import find_sections
from retrieval.parsing.text_files import read_text_file
from tests.retrieval.desk import Desk

KOREAN = "문헌은 한국어로 답합니다."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_korean_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str):
    path = tmp_path / "a.txt"
    path.write_bytes(KOREAN.encode(encoding))

    [page] = read_text_file(path).pages

    assert page.text == KOREAN


def test_headings_of_markdown_are_sections(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text("# Title\n\nWords.\n\n```\n# no heading\n```\n\n## Method\n\nMore words.\n")

    paper = read_text_file(path)

    assert paper.title == "Title"
    assert [section.path for section in find_sections(paper)] == ["", "Title", "Title > Method"]


@pytest.mark.parametrize(
    ("data", "reason"), [(b" \n", "빈 파일"), (b"\x00\x01\xff", "글자로 읽을 수 없는")]
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, reason: str):
    path = tmp_path / "a.txt"
    path.write_bytes(data)

    with pytest.raises(UnreadableFile, match=reason):
        read_text_file(path)


def test_texts_are_indexed_and_kept_beside_pdfs(tmp_path: Path):
    desk = Desk(tmp_path)
    (desk.papers / "notes.md").write_text("# Notes\n\nThe moon makes tides.")
    desk.write("solar.pdf", "SOLAR has layers.")

    assert desk.index() == {"notes.md": "indexed", "solar.pdf": "indexed"}
    assert "tides" in desk.found("moon tides")[0]
    notes = next(one for one in desk.library.list_documents() if one.name == "notes.md")
    assert notes.pages == 1
    assert desk.library.original_path(notes.sha256).read_text().startswith("# Notes")
