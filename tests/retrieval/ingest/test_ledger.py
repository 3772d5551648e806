"""Indexing: what did not change costs nothing, and what is bad is named."""

import shutil
from pathlib import Path

import pytest

from retrieval.errors import EmptyIndex
from retrieval.ingest.ledger import index_files
from retrieval.store.database import SettingsDiffer
from retrieval.store.vectors import VectorIndex
from tests.retrieval.desk import Desk
from tests.samples import make_pdf


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestOneRun:
    def test_files_become_passages_that_are_found(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.write("tides.pdf", "Tides follow the moon.")

        assert desk.index() == {"solar.pdf": "indexed", "tides.pdf": "indexed"}
        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert {document.state for document in desk.library.list_documents()} == {"ready"}
        assert desk.vectors() == desk.library.list_passage_ids()

    def test_the_title_stands_at_the_head_of_each_passage(self, desk: Desk):
        desk.write("solar.pdf", "It has layers.")
        desk.index()

        [passage] = desk.library.list_passages()

        assert passage.searched_text == "The solar.pdf paper\nIt has layers."

    def test_progress_goes_from_nothing_to_all(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.write("tides.pdf", "Tides follow the moon.")
        desk.index()

        for step in ("reading", "embedding"):
            told = [progress for progress in desk.told if progress.step == step]
            done = [progress.done for progress in told]
            assert done == sorted(done)
            assert done[0] == 0
            assert {"solar.pdf", "tides.pdf"} <= {progress.document for progress in told}
        assert told[-1].done == told[-1].total > 0
        assert [progress.documents for progress in told] == [(0, 2), (1, 2), (2, 2)]
        assert [progress.passages for progress in told] == [(0, 2), (1, 2), (2, 2)]

    def test_bad_files_are_named_and_the_good_ones_indexed(self, desk: Desk):
        desk.write("a-good.pdf", "Good words.")
        (desk.papers / "empty.pdf").touch()
        (desk.papers / "broken.pdf").write_bytes(b"%PDF nonsense")
        make_pdf(desk.papers / "locked.pdf", "Secret.", password="x")
        make_pdf(desk.papers / "scan.pdf", "")
        desk.write("z-good.pdf", "More words.")

        results = {result.path.name: result for result in desk.results()}

        failed = {name: result.reason for name, result in results.items() if result.reason}
        assert {name: reason.split(". ")[0] for name, reason in failed.items()} == {
            "broken.pdf": "손상되었거나 PDF가 아닙니다",
            "empty.pdf": "빈 파일입니다",
            "locked.pdf": "암호로 잠긴 PDF입니다",
            "scan.pdf": "글자가 없는 파일입니다",
        }
        assert all(results[name].outcome == "failed" for name in failed)
        assert sorted(desk.found("words")) == ["Good words.", "More words."]
        told = {d.name: d.error for d in desk.library.list_documents() if d.state == "failed"}
        assert told == failed

    def test_only_bad_files_leave_nothing_to_search(self, desk: Desk):
        (desk.papers / "empty.pdf").touch()

        assert desk.index() == {"empty.pdf": "failed"}
        with pytest.raises(EmptyIndex):
            desk.found("words")
        assert desk.embeddings.embedded == 0


class TestNextRun:
    def test_what_did_not_change_costs_nothing(self, desk: Desk):
        desk.write("solar.pdf", "SOLAR has layers.")
        desk.index()
        embedded = desk.embeddings.embedded
        generation = desk.library.read_generation()

        assert desk.index() == {"solar.pdf": "unchanged"}
        assert desk.embeddings.embedded == embedded
        assert desk.library.read_generation() == generation

    def test_a_file_that_takes_the_place_of_another_leaves_nothing_of_it(self, desk: Desk):
        solar = desk.write("solar.pdf", "SOLAR words.")
        tides = desk.write("tides.pdf", "Tides follow.")
        desk.index()
        solar.replace(tides)

        assert desk.index() == {"tides.pdf": "unchanged"}
        assert [one.name for one in desk.library.list_documents()] == ["tides.pdf"]
        assert desk.found("words") == ["SOLAR words."]

    def test_a_file_that_changed_replaces_its_old_self(self, desk: Desk):
        desk.write("solar.pdf", "Old words.")
        desk.write("tides.pdf", "Tides follow.")
        desk.index()
        desk.write("solar.pdf", "New words.")

        assert desk.index() == {"solar.pdf": "indexed", "tides.pdf": "unchanged"}
        assert sorted(desk.found("words")) == ["New words.", "Tides follow."]
        assert desk.vectors() == desk.library.list_passage_ids()
        assert len(desk.library.list_documents()) == 2

    def test_a_file_that_was_mended_loses_its_fault(self, desk: Desk):
        (desk.papers / "a.pdf").touch()
        desk.index()
        desk.write("a.pdf", "Mended words.")

        assert desk.index() == {"a.pdf": "indexed"}
        assert [document.state for document in desk.library.list_documents()] == ["ready"]

    def test_a_file_that_broke_leaves_its_old_self(self, desk: Desk):
        desk.write("a.pdf", "Old words.")
        desk.index()
        (desk.papers / "a.pdf").write_bytes(b"")

        assert desk.index() == {"a.pdf": "failed"}
        assert desk.found("words") == ["Old words."]

    def test_the_same_content_under_two_names_is_kept_once(self, desk: Desk):
        desk.write("a.pdf", "Same words.")
        shutil.copy(desk.papers / "a.pdf", desk.papers / "b.pdf")

        assert desk.index() == {"a.pdf": "indexed", "b.pdf": "unchanged"}
        assert desk.found("words") == ["Same words."]

    def test_a_file_that_moved_goes_by_its_new_name(self, desk: Desk):
        path = desk.write("a.pdf", "Some words.")
        desk.index()
        path.rename(desk.papers / "b.pdf")

        assert desk.index() == {"b.pdf": "unchanged"}
        assert [document.name for document in desk.library.list_documents()] == ["b.pdf"]
        assert desk.found("words") == ["Some words."]
        assert desk.embeddings.embedded == 1

    def test_a_copy_survives_a_change_of_its_twin(self, desk: Desk):
        desk.write("a.pdf", "Same words.")
        shutil.copy(desk.papers / "a.pdf", desk.papers / "b.pdf")
        desk.index()
        desk.write("a.pdf", "Other words.")

        desk.index()

        assert sorted(desk.found("words")) == ["Other words.", "Same words."]

    def test_other_embeddings_are_refused(self, desk: Desk):
        path = desk.write("a.pdf", "Some words.")
        desk.index()

        with pytest.raises(SettingsDiffer, match=r"embedding=fake.*other"):
            index_files(
                [path],
                library=desk.library,
                vectors=lambda: VectorIndex(desk.home, desk.embeddings),
                embedding="other",
            )
