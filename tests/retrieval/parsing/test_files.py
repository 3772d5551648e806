"""Which files are read: those named and those below folders, each once."""

from pathlib import Path

import pytest

from retrieval.errors import UserError
from retrieval.parsing.files import count_other_kinds, list_readable_files
from retrieval.parsing.other_kinds import describe_other_kinds
from tests.retrieval.desk import Desk
from tests.samples import make_pdf


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_folders_are_searched_through_and_through(desk: Desk):
    deep = desk.papers / "one" / "two"
    deep.mkdir(parents=True)
    files = [desk.write("b.PDF", "x"), desk.write("a.pdf", "x"), deep / "c.pdf"]
    make_pdf(files[2], "x")
    (desk.papers / "notes.doc").write_text("no paper")

    assert sorted(list_readable_files([desk.papers])) == sorted(files)


def test_a_file_named_twice_counts_once(desk: Desk):
    path = desk.write("a.pdf", "x")

    assert list_readable_files([path, desk.papers, path]) == [path]


def test_a_path_that_is_not_there_is_named(desk: Desk):
    with pytest.raises(UserError, match=r"없습니다.*missing\.pdf"):
        list_readable_files([desk.write("a.pdf", "x"), desk.papers / "missing.pdf"])


def test_a_folder_without_papers_is_said_so(desk: Desk):
    with pytest.raises(UserError, match="찾지 못했습니다"):
        list_readable_files([desk.papers])


def test_what_systems_leave_behind_is_passed_over_in_silence(desk: Desk):
    good = desk.write("a.pdf", "x")
    for name in ("._a.pdf", ".DS_Store", "~$a.docx", ".git/b.pdf", "Thumbs.db", "desktop.ini"):
        (desk.papers / name).parent.mkdir(exist_ok=True)
        (desk.papers / name).write_bytes(b"\0\5\x16\7")

    assert list_readable_files([desk.papers]) == [good]
    assert list_readable_files([desk.papers / "._a.pdf", desk.papers / "~$a.docx", good]) == [good]
    assert count_other_kinds([desk.papers]) == {}


def test_a_folder_that_is_hidden_itself_is_read(tmp_path: Path):
    (tmp_path / ".papers").mkdir()
    make_pdf(tmp_path / ".papers" / "a.pdf", "x")

    assert len(list_readable_files([tmp_path / ".papers"])) == 1


def test_other_kinds_are_counted_and_told(desk: Desk):
    desk.write("a.pdf", "x")
    (desk.papers / "deep").mkdir()
    for name in ("1.png", "deep/2.PNG", "3.jpg", "t.xlsx", "note", "x.q1", "x.q2"):
        (desk.papers / name).write_bytes(b"x")

    counts = count_other_kinds([desk.papers, desk.papers / "1.png"])

    assert counts[".png"] == 2
    told = describe_other_kinds(counts)
    assert "그림 3개(.jpg .png), 표 계산 1개(.xlsx), 그 밖의 파일 3개(확장자 없음 .q1 .q2)" in told
    assert describe_other_kinds({}) == ""


def test_a_folder_of_other_kinds_alone_says_which(desk: Desk):
    (desk.papers / "1.png").write_bytes(b"x")

    with pytest.raises(UserError, match=r"그림 1개\(\.png\).*찾지 못했습니다"):
        list_readable_files([desk.papers])
