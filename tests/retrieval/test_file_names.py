"""Names in other encodings and forms: shown, kept and found."""

import os
import unicodedata
from pathlib import Path

import pytest

from retrieval.file_names import find_path, keep_path, read_path, show_name, show_text
from tests.retrieval.desk import Desk
from tests.samples import make_pdf

OLDER = os.fsdecode("한글 논문.pdf".encode("cp949"))


def test_a_name_of_older_windows_is_shown_in_hangul():
    assert show_name(Path(OLDER)) == "한글 논문.pdf"
    assert show_name(Path(os.fsdecode(b"\xff\xfe.pdf"))) == "??.pdf"


def test_a_path_is_kept_as_a_text_and_comes_back():
    path = Path("/논문") / OLDER

    kept = keep_path(path)

    kept.encode()  # a database takes it
    assert read_path(kept) == path
    assert show_text(kept) == "/논문/한글 논문.pdf"


@pytest.mark.parametrize(("there", "typed"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_path_is_found_however_its_letters_are_written(tmp_path: Path, there, typed):
    folder = tmp_path / unicodedata.normalize(there, "논문 모음")
    folder.mkdir()
    file = folder / unicodedata.normalize(there, "가나.pdf")
    file.touch()

    assert find_path(Path(unicodedata.normalize(typed, str(file)))) == file
    assert find_path(tmp_path / "다.pdf") == tmp_path / "다.pdf"


def test_such_a_file_is_indexed_with_the_others(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.write("good.pdf", "Good words.")
    make_pdf(tmp_path / "a.pdf", "Older words.").rename(desk.papers / OLDER)
    (desk.papers / os.fsdecode("메모.md".encode("cp949"))).write_text("Notes on words.")

    assert set(desk.index().values()) == {"indexed"}
    assert set(desk.index().values()) == {"unchanged"}

    listed = {one.name: one for one in desk.library.list_documents()}
    assert set(listed) == {"good.pdf", "한글 논문.pdf", "메모.md"}
    assert listed["메모.md"].title == "메모"
    assert listed["한글 논문.pdf"].path == desk.papers / OLDER
    assert "Older words." in desk.found("older words")
