"""What is taken out leaves every leg at once, and comes back for a week without asking a model."""

from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.ingest.again import index_document_again
from retrieval.ingest.lock import LibraryBusy, lock_library
from retrieval.ingest.rebuild import rebuild_documents
from retrieval.ingest.removal import NewerIsThere, remove_documents, restore_documents
from retrieval.ingest.upkeep import compare_indexes
from retrieval.store.contents import Document
from retrieval.store.trash import list_restorable, mark_removed
from retrieval.store.vectors import VectorIndex
from tests.retrieval.desk import Desk, PowerCut


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()
    return desk


def tides(desk: Desk) -> Document:
    return next(one for one in desk.library.list_documents() if one.name == "tides.pdf")


def take_out(desk: Desk, *documents: Document) -> None:
    remove_documents(documents, library=desk.library, vectors=desk.open_vectors)


def bring_back(desk: Desk, *documents: Document) -> None:
    restore_documents(documents, library=desk.library, vectors=desk.open_vectors)


def names(desk: Desk) -> list[str]:
    return [one.name for one in desk.library.list_documents()]


def assert_agreed(desk: Desk) -> None:
    legs = compare_indexes(desk.library, desk.open_vectors())
    assert all(leg.is_complete for leg in legs), legs


class TestRemove:
    def test_a_document_leaves_every_leg_and_list(self, desk: Desk):
        take_out(desk, tides(desk))

        assert desk.found("moon tides") == ["SOLAR has layers."]
        assert names(desk) == ["solar.pdf"]
        assert desk.vectors() == desk.library.list_passage_ids()
        assert_agreed(desk)

    def test_an_open_search_sees_it_at_once(self, desk: Desk):
        search = desk.open_search()
        search.find_passages(lexical=["moon"], semantic=["moon"], top=9)

        mark_removed(desk.library, tides(desk).id)  # the process is killed behind this

        hits = search.find_passages(lexical=["moon"], semantic=["moon"], top=9)
        assert [hit.passage.document for hit in hits] == ["solar.pdf"]
        desk.index(desk.papers / "solar.pdf")
        assert_agreed(desk)

    def test_the_last_one_leaves_an_empty_library(self, desk: Desk):
        take_out(desk, *desk.library.list_documents())

        assert desk.library.list_documents() == []
        assert desk.vectors() == set()

    def test_nothing_is_taken_out_while_another_writes(self, desk: Desk):
        with lock_library(desk.home), pytest.raises(LibraryBusy):
            take_out(desk, tides(desk))

        assert len(desk.library.list_documents()) == 2

    def test_a_file_that_was_never_read_is_forgotten(self, desk: Desk):
        (desk.papers / "bad.pdf").write_bytes(b"%PDF nonsense")
        desk.index()

        take_out(desk, next(one for one in desk.library.list_documents() if one.error))

        assert names(desk) == ["solar.pdf", "tides.pdf"]
        assert list_restorable(desk.library) == []


class TestRestore:
    def test_it_comes_back_as_it_was_without_the_model(self, desk: Desk):
        before, embedded = tides(desk), desk.embeddings.embedded
        take_out(desk, before)

        bring_back(desk, *list_restorable(desk.library))

        assert tides(desk) == before
        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert desk.embeddings.embedded == embedded
        assert_agreed(desk)

    def test_one_cut_short_is_completed_by_the_next_run(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ):
        take_out(desk, tides(desk))
        embedded = desk.embeddings.embedded

        def cut(*given: object) -> None:
            raise PowerCut

        with monkeypatch.context() as patched:
            patched.setattr(VectorIndex, "add_vectors", cut)
            with pytest.raises(PowerCut):
                bring_back(desk, *list_restorable(desk.library))
        assert desk.found("moon tides") == ["SOLAR has layers."]

        desk.index(desk.papers / "solar.pdf")

        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert desk.embeddings.embedded == embedded

    def test_a_newer_version_of_its_file_stays(self, desk: Desk):
        take_out(desk, tides(desk))
        desk.write("tides.pdf", "Tides follow the sun.")
        desk.index()

        with pytest.raises(NewerIsThere, match=r"tides\.pdf"):
            bring_back(desk, *list_restorable(desk.library))

        take_out(desk, tides(desk))
        bring_back(desk, list_restorable(desk.library)[1])
        assert "Tides follow the moon." in desk.found("tides")

    def test_after_a_week_it_and_its_file_are_gone(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ):
        gone = tides(desk)
        take_out(desk, gone)
        assert desk.library.original_path(gone.sha256).exists()
        monkeypatch.setattr("retrieval.store.contents.KEPT", timedelta(0))
        assert list_restorable(desk.library) == []

        desk.index(desk.papers / "solar.pdf")

        assert desk.library.list_removed() == []
        assert not desk.library.original_path(gone.sha256).exists()

    def test_what_was_not_embedded_whole_goes_on_with_the_next_run(self, desk: Desk):
        desk.write("rain.pdf", "Rain falls.")
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            desk.index()
        take_out(desk, next(one for one in desk.library.list_documents() if one.state == "parsed"))
        bring_back(desk, *list_restorable(desk.library))
        assert "Rain falls." not in desk.found("rain")

        desk.embeddings.budget = 10**9
        desk.index(desk.papers / "solar.pdf")

        assert desk.found("rain")[0] == "Rain falls."


class TestIndexingWhatWasRemoved:
    def test_it_comes_back_without_the_model_and_no_double(self, desk: Desk):
        take_out(desk, tides(desk))
        embedded = desk.embeddings.embedded

        [_, result] = desk.results()

        assert (result.outcome, result.is_restored, result.passages) == ("indexed", True, 1)
        assert names(desk) == ["solar.pdf", "tides.pdf"]
        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert desk.embeddings.embedded == embedded
        assert list_restorable(desk.library) == []
        assert_agreed(desk)

    def test_a_copy_elsewhere_brings_it_back_as_that_file(self, desk: Desk):
        take_out(desk, tides(desk))
        (desk.papers / "tides.pdf").rename(desk.papers / "moon.pdf")

        desk.index()

        assert names(desk) == ["moon.pdf", "solar.pdf"]


class TestRebuild:
    def test_what_was_removed_stays_removed_and_can_be_read_again(self, desk: Desk):
        take_out(desk, tides(desk))
        (desk.papers / "tides.pdf").unlink()
        rebuild_documents(
            desk.library,
            vectors=lambda collection=None: VectorIndex(
                desk.home, desk.embeddings, collection=collection
            ),
            embedding="fake",
        )
        assert names(desk) == ["solar.pdf"]
        [removed] = list_restorable(desk.library)
        assert removed.passages == 0

        again(desk, removed)

        assert names(desk) == ["solar.pdf", "tides.pdf"]
        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert list_restorable(desk.library) == []


def again(desk: Desk, document: Document) -> None:
    index_document_again(
        document, library=desk.library, vectors=desk.open_vectors, embedding="fake"
    )


class TestAgain:
    def test_a_document_takes_its_own_place(self, desk: Desk):
        before = tides(desk)

        again(desk, before)

        after = tides(desk)
        assert len(desk.library.list_documents()) == 2
        assert (after.sha256, after.state) == (before.sha256, "ready")
        assert after.id != before.id
        assert_agreed(desk)

    def test_it_stays_until_the_new_reading_is_complete(self, desk: Desk):
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            again(desk, tides(desk))

        assert desk.found("moon tides")[0] == "Tides follow the moon."
        desk.embeddings.budget = 10**9
        desk.index(desk.papers / "solar.pdf")
        assert names(desk) == ["solar.pdf", "tides.pdf"]

    def test_a_file_that_changed_is_read_as_it_is_now(self, desk: Desk):
        document = tides(desk)
        desk.write("tides.pdf", "Tides follow the sun.")

        again(desk, document)

        assert desk.found("tides")[0] == "Tides follow the sun."


class TestGivenTitle:
    def test_a_title_stays_however_often_it_is_indexed(self, desk: Desk):
        desk.library.give_title(tides(desk).id, "  Moon\nbook ")
        assert tides(desk).shown_title == "Moon book"
        assert "Moon book" in desk.library.list_titles()

        again(desk, tides(desk))
        desk.write("tides.pdf", "Tides follow the sun.")
        desk.index()

        assert tides(desk).given_title == "Moon book"
        hits = desk.open_search().find_passages(lexical=["sun"], semantic=["sun"], top=1)
        assert hits[0].passage.title == "Moon book"

    def test_it_stays_through_a_rebuild_and_an_undo(self, desk: Desk):
        desk.library.give_title(tides(desk).id, "Moon book")
        take_out(desk, tides(desk))
        bring_back(desk, *list_restorable(desk.library))
        rebuild_documents(
            desk.library,
            vectors=lambda collection=None: VectorIndex(
                desk.home, desk.embeddings, collection=collection
            ),
            embedding="fake",
        )

        assert tides(desk).given_title == "Moon book"

    def test_an_empty_one_gives_its_own_back(self, desk: Desk):
        desk.library.give_title(tides(desk).id, "Moon book")
        desk.library.give_title(tides(desk).id, " ")

        assert tides(desk).shown_title == "The tides.pdf paper"
