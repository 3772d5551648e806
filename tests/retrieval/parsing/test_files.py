"""Which files are read: those named and those below folders, each once."""

from pathlib import Path

import pytest

from retrieval.errors import UserError
from retrieval.parsing.files import list_readable_files
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
