"""Upkeep: a document leaves every leg, and a leg that disagrees is told and mended."""

import unicodedata
from pathlib import Path

import pytest

from retrieval.ingest.lock import LibraryBusy, lock_library
from retrieval.ingest.upkeep import (
    NoSuchDocument,
    compare_indexes,
    delete_documents,
    find_documents,
)
from retrieval.store.vectors import VectorIndex
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()
    return desk


def vectors(desk: Desk) -> VectorIndex:
    return VectorIndex(desk.home, desk.embeddings)


def take_out(desk: Desk, name: str) -> None:
    delete_documents(
        find_documents(desk.library, name), library=desk.library, vectors=lambda: vectors(desk)
    )


def holding(desk: Desk) -> dict[str, tuple[int, int]]:
    """(missing, left over) of each leg."""
    return {
        one.leg: (one.missing, one.left_over)
        for one in compare_indexes(desk.library, vectors(desk))
    }


AGREED = {"bm25": (0, 0), "vector": (0, 0)}


class TestRemove:
    def test_a_document_leaves_every_leg_and_the_folder(self, desk: Desk):
        [tides] = find_documents(desk.library, "tides.pdf")

        take_out(desk, "tides.pdf")

        assert desk.found("moon tides") == ["SOLAR has layers."]
        assert desk.vectors() == desk.library.list_passage_ids()
        assert not desk.library.original_path(tides.sha256).exists()
        assert holding(desk) == AGREED

    def test_it_can_come_back(self, desk: Desk):
        take_out(desk, "tides.pdf")

        assert desk.index() == {"solar.pdf": "unchanged", "tides.pdf": "indexed"}
        assert desk.found("moon tides")[0] == "Tides follow the moon."

    def test_the_last_one_leaves_an_empty_library(self, desk: Desk):
        take_out(desk, "tides.pdf")
        take_out(desk, "solar.pdf")

        assert desk.library.list_documents() == []
        assert desk.vectors() == set()

    def test_an_unknown_name_is_told(self, desk: Desk):
        with pytest.raises(NoSuchDocument, match=r"moon\.pdf"):
            take_out(desk, "moon.pdf")

    def test_nothing_is_taken_out_while_another_writes(self, desk: Desk):
        with lock_library(desk.home), pytest.raises(LibraryBusy):
            take_out(desk, "tides.pdf")

        assert len(desk.library.list_documents()) == 2


class TestAgreements:
    def test_a_whole_library_agrees(self, desk: Desk):
        assert holding(desk) == AGREED

    def test_a_lost_vector_is_told_and_made_anew_without_the_model(self, desk: Desk):
        vectors(desk).delete_vectors([sorted(desk.vectors())[0]])
        assert holding(desk)["vector"] == (1, 0)
        before = desk.embeddings.embedded

        assert set(desk.index().values()) == {"unchanged"}

        assert desk.embeddings.embedded == before
        assert holding(desk) == AGREED

    def test_lost_windows_are_told_and_embedded_by_the_next_run(self, desk: Desk):
        with desk.library.connect() as connection:
            connection.execute("DELETE FROM windows WHERE passage = (SELECT MIN(id) FROM passages)")
        assert holding(desk)["vector"] == (1, 0)
        before = desk.embeddings.embedded

        assert set(desk.index().values()) == {"unchanged"}

        assert desk.embeddings.embedded == before + 1
        assert holding(desk) == AGREED

    def test_what_is_left_over_is_told_and_gone_after_the_next_run(self, desk: Desk):
        [tides] = find_documents(desk.library, "tides.pdf")
        desk.library.remove_document(tides.id)
        assert holding(desk)["vector"] == (0, 1)

        desk.index(desk.papers / "solar.pdf")

        assert holding(desk) == AGREED


def test_a_document_is_named_as_it_is_listed_or_by_its_path(desk: Desk):
    parted = unicodedata.normalize("NFD", "한글  논문.pdf")
    one = desk.write(parted, "Words.")
    (desk.papers / "b").mkdir()
    desk.index()

    assert [found.source for found in find_documents(desk.library, "한글 논문.pdf")] == [str(one)]
    assert [found.source for found in find_documents(desk.library, str(one))] == [str(one)]
