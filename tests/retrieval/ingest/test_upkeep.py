"""Upkeep: a leg of the search that disagrees with the ledger is told, and mended."""

from pathlib import Path

import pytest

from retrieval.ingest.upkeep import compare_indexes
from retrieval.store.trash import mark_removed
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


def holding(desk: Desk) -> dict[str, tuple[int, int]]:
    """(missing, left over) of each leg."""
    return {
        one.leg: (one.missing, one.left_over)
        for one in compare_indexes(desk.library, vectors(desk))
    }


AGREED = {"bm25": (0, 0), "vector": (0, 0)}


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
        [_, tides] = desk.library.list_documents()
        mark_removed(desk.library, tides.id)
        assert holding(desk)["vector"] == (0, 1)

        desk.index(desk.papers / "solar.pdf")

        assert holding(desk) == AGREED
