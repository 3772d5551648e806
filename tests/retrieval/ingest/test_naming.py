"""Which document is meant: by its number, file, title or a part of it; never two at once."""

import unicodedata
from pathlib import Path

import pytest

from retrieval.ingest.naming import NoSuchDocument, SeveralDocuments, find_document
from retrieval.store.contents import Document
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    (desk.papers / "other").mkdir()
    desk.write("paper.pdf", "SOLAR has layers.")
    desk.write("other/paper.pdf", "Tides follow the moon.")
    desk.write(unicodedata.normalize("NFD", "한글  논문.pdf"), "Words.")
    desk.index()
    return desk


def find(desk: Desk, name: object) -> Document:
    return find_document(desk.library.list_documents(), str(name))


def test_a_name_that_fits_several_is_asked_back(desk: Desk):
    with pytest.raises(SeveralDocuments) as raised:
        find(desk, "paper.pdf")

    assert {one.path for one in raised.value.found} == {
        desk.papers / "paper.pdf",
        desk.papers / "other" / "paper.pdf",
    }
    for one in raised.value.found:
        assert str(one.id) in str(raised.value)


def test_a_number_or_a_path_names_one(desk: Desk):
    for one in desk.library.list_documents():
        assert find(desk, one.id) == one
        assert find(desk, one.source) == one


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_its_letters_are_written(desk: Desk, form):
    assert find(desk, unicodedata.normalize(form, "한글 논문.pdf")).pages == 1
    path = desk.papers / unicodedata.normalize(form, "한글  논문.pdf")
    assert find(desk, path).pages == 1


def test_a_part_of_a_title_is_enough_where_it_is_clear(desk: Desk):
    assert find(desk, "the OTHER/").path == desk.papers / "other" / "paper.pdf"
    with pytest.raises(SeveralDocuments):
        find(desk, "paper")


@pytest.mark.parametrize("name", ["moon.pdf", "", " ", "99"])
def test_what_fits_none_is_told(desk: Desk, name: str):
    with pytest.raises(NoSuchDocument):
        find(desk, name)
