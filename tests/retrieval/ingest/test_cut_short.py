"""Runs that were cut short: nothing half is found, and the next run goes on where they were."""

from pathlib import Path

import pytest

from retrieval.errors import EmptyIndex
from retrieval.store.library import Library
from tests.retrieval.desk import Desk, PowerCut


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestStates:
    def test_files_that_wait_are_listed_as_new(self, desk: Desk, monkeypatch):
        desk.write("a.pdf", "Old words.")
        desk.index()
        desk.write("b.pdf", "Second words.")
        desk.write("c.pdf", "Third words.")

        def cut(path: Path) -> None:
            raise PowerCut

        with monkeypatch.context() as patched:
            patched.setattr("tests.fakes.read_file", cut)
            with pytest.raises(PowerCut):
                desk.index()

        assert [document.state for document in desk.library.list_documents()] == [
            "ready",
            "new",
            "new",
        ]
        assert desk.index() == {"a.pdf": "unchanged", "b.pdf": "indexed", "c.pdf": "indexed"}
        assert {document.state for document in desk.library.list_documents()} == {"ready"}

    def test_a_document_whose_vectors_are_there_only_has_to_be_let_in(
        self, desk: Desk, monkeypatch
    ):
        desk.write("a.pdf", "Some words.")

        def cut(self: Library, *documents: int) -> None:
            raise PowerCut

        with monkeypatch.context() as patched:
            patched.setattr(Library, "set_ready", cut)
            with pytest.raises(PowerCut):
                desk.index()

        assert [document.state for document in desk.library.list_documents()] == ["embedded"]
        desk.index()
        assert desk.embeddings.embedded == 1
        assert desk.found("words") == ["Some words."]


class TestCutShort:
    def test_the_next_run_finishes_and_nothing_half_is_found(self, desk: Desk):
        desk.write("a.pdf", "First words.")
        desk.write("b.pdf", "Second words.")
        desk.embeddings.budget = 1

        with pytest.raises(PowerCut):
            desk.index()

        assert desk.found("words") == ["First words."]
        assert [document.state for document in desk.library.list_documents()] == ["ready", "parsed"]
        desk.embeddings.budget = 10**9

        assert desk.index() == {"a.pdf": "unchanged", "b.pdf": "unchanged"}
        assert sorted(desk.found("words")) == ["First words.", "Second words."]
        assert desk.embeddings.embedded == 2

    def test_half_a_document_is_not_found(self, desk: Desk, monkeypatch):
        monkeypatch.setattr("retrieval.ingest.embed.PASSAGES_A_BATCH", 1)
        desk.write("a.pdf", "Finished words.")
        page = "\n".join(["The same words again and again, without an end"] * 50)
        desk.write("b.pdf", page, page, page, page)
        desk.embeddings.budget = 3

        with pytest.raises(PowerCut):
            desk.index()

        assert len(desk.vectors()) == 3
        assert desk.found("words") == ["Finished words."]
        assert desk.library.list_titles() == ["The a.pdf paper"]

    def test_before_anything_was_finished_nothing_is_indexed(self, desk: Desk):
        desk.write("a.pdf", "Some words.")
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            desk.index()

        with pytest.raises(EmptyIndex):
            desk.found("words")

    def test_while_the_new_version_is_on_its_way_the_old_one_is_found(self, desk: Desk):
        desk.write("a.pdf", "Old words.")
        desk.index()
        desk.write("a.pdf", "New words.")
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            desk.index()

        assert desk.found("words") == ["Old words."]
        desk.embeddings.budget = 10**9
        desk.index()
        assert desk.found("words") == ["New words."]
        assert desk.vectors() == desk.library.list_passage_ids()

    def test_a_file_that_changed_back_stays_as_it_is(self, desk: Desk):
        path = desk.write("a.pdf", "Old words.")
        old = path.read_bytes()
        desk.index()
        desk.write("a.pdf", "New words.")
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            desk.index()
        desk.embeddings.budget = 10**9
        path.write_bytes(old)

        desk.index()

        assert desk.found("words") == ["Old words."]

    def test_a_file_that_changed_again_is_found_as_it_is_now(self, desk: Desk):
        desk.write("a.pdf", "First words.")
        desk.embeddings.budget = 0
        with pytest.raises(PowerCut):
            desk.index()
        desk.embeddings.budget = 10**9
        desk.write("a.pdf", "Second words.")

        assert desk.index() == {"a.pdf": "indexed"}
        assert desk.found("words") == ["Second words."]
        assert desk.vectors() == desk.library.list_passage_ids()
