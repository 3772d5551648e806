"""Rebuilding: made beside, swapped at once, gone on with after a kill, and nothing lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from retrieval.ingest.ledger import index_files
from retrieval.ingest.lock import LibraryBusy, lock_library
from retrieval.ingest.naming import find_document
from retrieval.ingest.rebuild import OriginalMissing, rebuild_documents
from retrieval.ingest.removal import remove_documents
from retrieval.ingest.results import IndexResult
from retrieval.ingest.upkeep import compare_indexes
from retrieval.store.database import SettingsDiffer
from retrieval.store.successor import open_successor
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import CountingEmbeddings, Desk, PowerCut


class Longer(CountingEmbeddings):
    """Another model."""

    SIZE = 2048


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()
    return desk


def opener(desk: Desk, embeddings: FakeEmbeddings) -> Callable[..., VectorIndex]:
    return lambda **named: VectorIndex(desk.home, embeddings, **named)


def rebuilt(desk: Desk, embedding: str = "fake", **given: Any) -> list[IndexResult]:
    return rebuild_documents(
        desk.library, vectors=opener(desk, desk.embeddings), embedding=embedding, **given
    )


def collections(desk: Desk) -> set[str]:
    return {one.name for one in desk.open_vectors()._client.list_collections()}


def test_all_is_made_anew_and_found(desk: Desk):
    before = desk.library.list_passage_ids()

    results = rebuilt(desk)

    assert [(one.path.name, one.outcome) for one in results] == [
        ("solar.pdf", "indexed"),
        ("tides.pdf", "indexed"),
    ]
    assert desk.found("moon tides")[0] == "Tides follow the moon."
    assert not before & desk.library.list_passage_ids()
    assert all(one.is_complete for one in compare_indexes(desk.library, desk.open_vectors()))


def test_nothing_is_left_of_the_old_one(desk: Desk):
    rebuilt(desk)

    assert collections(desk) == {desk.library.vector_collection_name()}
    assert not open_successor(desk.library).home.exists()


def test_documents_keep_their_names_though_their_files_are_gone(desk: Desk):
    before = [(one.name, one.source, one.sha256) for one in desk.library.list_documents()]
    (desk.papers / "tides.pdf").unlink()

    rebuilt(desk)

    assert [(one.name, one.source, one.sha256) for one in desk.library.list_documents()] == before


def test_another_embedding_model_takes_over(desk: Desk):
    desk.embeddings = Longer()
    with pytest.raises(SettingsDiffer, match="--rebuild"):
        desk.library.keep_settings(embedding="longer")

    rebuilt(desk, "longer")

    desk.library.check_settings(embedding="longer")
    assert desk.found("moon tides")[0] == "Tides follow the moon."


def test_the_old_one_is_found_until_the_new_one_is_whole(desk: Desk):
    search, found = desk.open_search(), []

    def look(progress: object) -> None:
        hits = search.find_passages(lexical=["moon"], semantic=["moon"], top=9)
        found.append(sorted(hit.passage.text for hit in hits))

    rebuilt(desk, progress=look)

    assert len(found) > 2
    assert all(texts == ["SOLAR has layers.", "Tides follow the moon."] for texts in found)


def test_a_search_that_the_swap_overtakes_is_made_once_more(desk: Desk, monkeypatch):
    search = desk.open_search()
    nearest = VectorIndex.find_nearest
    swaps = [lambda: rebuilt(desk)]

    def overtaken(self: VectorIndex, *arguments: Any) -> list[tuple[str, float]]:
        if swaps:
            swaps.pop()()
        return nearest(self, *arguments)

    monkeypatch.setattr(VectorIndex, "find_nearest", overtaken)
    hits = search.find_passages(lexical=["moon"], semantic=["moon tides"], top=1)

    assert hits[0].passage.text == "Tides follow the moon."
    assert hits[0].passage.id in desk.library.list_passage_ids()


class TestCutShort:
    def cut(self, desk: Desk, texts: int) -> None:
        desk.embeddings.budget = desk.embeddings.embedded + texts
        with pytest.raises(PowerCut):
            rebuilt(desk)
        desk.embeddings.budget = 10**9

    def test_the_next_run_goes_on(self, desk: Desk):
        self.cut(desk, 1)
        embedded = desk.embeddings.embedded
        assert desk.found("moon tides")[0] == "Tides follow the moon."

        rebuilt(desk)

        assert desk.embeddings.embedded == embedded + 1
        assert collections(desk) == {desk.library.vector_collection_name()}

    def test_what_was_removed_meanwhile_does_not_come_back(self, desk: Desk):
        self.cut(desk, 1)
        remove_documents(
            [find_document(desk.library.list_documents(), "tides.pdf")],
            library=desk.library,
            vectors=desk.open_vectors,
        )

        rebuilt(desk)

        assert [one.name for one in desk.library.list_documents()] == ["solar.pdf"]
        assert collections(desk) == {desk.library.vector_collection_name()}

    def test_another_model_begins_anew(self, desk: Desk):
        self.cut(desk, 1)
        desk.embeddings = Longer()

        rebuilt(desk, "longer")

        assert desk.embeddings.embedded == 2
        assert desk.found("moon tides")[0] == "Tides follow the moon."

    @pytest.mark.parametrize("run", [Desk.index, rebuilt])
    def test_what_a_swap_left_behind_is_cleared_by_the_next_one(
        self, desk: Desk, run: Callable[[Desk], object], monkeypatch
    ):
        with monkeypatch.context() as patched:
            patched.setattr(VectorIndex, "drop_collection", _cut)
            with pytest.raises(PowerCut):
                rebuilt(desk)
        assert desk.found("moon tides")[0] == "Tides follow the moon."
        assert len(collections(desk)) == 2

        run(desk)

        assert collections(desk) == {desk.library.vector_collection_name()}
        assert not open_successor(desk.library).home.exists()
        assert desk.embeddings.embedded == 4


def _cut(self: VectorIndex, collection: str) -> None:
    raise PowerCut


def test_written_headers_are_not_asked_for_again(desk: Desk):
    with desk.library.connect() as connection:
        connection.execute("INSERT INTO headers VALUES ('a', 'b', 'c', 'd', 'Written.')")

    rebuilt(desk)

    with desk.library.connect() as connection:
        assert [row["text"] for row in connection.execute("SELECT text FROM headers")] == [
            "Written."
        ]


def test_a_document_without_its_file_is_not_lost_silently(desk: Desk):
    tides = find_document(desk.library.list_documents(), "tides.pdf")
    desk.library.original_path(tides.sha256).unlink()
    (desk.papers / "tides.pdf").unlink()

    with pytest.raises(OriginalMissing, match=r"tides\.pdf"):
        rebuilt(desk)

    assert desk.found("moon tides")[0] == "Tides follow the moon."


def test_an_older_version_outlives_a_newer_one_that_fails(desk: Desk):
    (desk.papers / "tides.pdf").write_bytes(b"%PDF nonsense")
    desk.index()

    rebuilt(desk)

    assert desk.found("moon tides")[0] == "Tides follow the moon."


def test_nothing_is_rebuilt_while_another_writes(desk: Desk):
    with lock_library(desk.home), pytest.raises(LibraryBusy):
        rebuilt(desk)


def test_an_encrypted_paper_is_made_anew_from_the_copy_that_needs_no_password(desk: Desk):
    plain = desk.write("locked.pdf", "Secret words.")
    locked = desk.papers / "really.pdf"
    with pymupdf.open(plain) as document:
        document.save(
            locked, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="own"
        )
    plain.unlink()
    index_files(
        [locked],
        library=desk.library,
        vectors=desk.open_vectors,
        embedding="fake",
        passwords=lambda path, tries: "open",
    )
    before = {one.source: one.sha256 for one in desk.library.list_documents()}

    rebuilt(desk)

    assert {one.source: one.sha256 for one in desk.library.list_documents()} == before
    assert desk.found("secret")[0] == "Secret words."
    assert desk.index(locked) == {"really.pdf": "unchanged"}
