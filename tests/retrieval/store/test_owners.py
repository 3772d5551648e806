"""Documents belong to somebody or to everybody: who sees which, and whose is replaced by what."""

from pathlib import Path

import pytest

from retrieval.ingest.rebuild import rebuild_documents
from retrieval.ingest.upkeep import delete_documents, find_documents
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def listed(desk: Desk) -> list[tuple[str, str]]:
    """The owner and the name of each document that is ready."""
    return [(one.owner, one.name) for one in desk.library.list_documents() if one.state == "ready"]


def seen_by(desk: Desk, user: str) -> list[tuple[str, str]]:
    """The same of the documents that a user sees."""
    visible = desk.library.list_visible_ids(user)
    documents = [one for one in desk.library.list_documents() if one.id in visible]
    return [(one.owner, one.name) for one in documents]


def copy_of(path: Path, name: str) -> Path:
    copy = path.with_name(name)
    copy.write_bytes(path.read_bytes())
    return copy


def test_a_user_sees_his_own_and_everybodys(desk: Desk):
    desk.index(desk.write("all.pdf", "Tides follow the moon."))
    desk.index(desk.write("ana.pdf", "Felicia is a storm."), owner="ana")

    assert seen_by(desk, "ana") == [("", "all.pdf"), ("ana", "ana.pdf")]
    assert seen_by(desk, "ben") == seen_by(desk, "") == [("", "all.pdf")]


def test_a_copy_of_everybodys_paper_counts_as_there(desk: Desk):
    shared = desk.write("all.pdf", "Tides follow the moon.")
    desk.index(shared)

    [result] = desk.results(copy_of(shared, "mine.pdf"), owner="ana")

    assert (result.outcome, result.same_as) == ("unchanged", shared)
    assert listed(desk) == [("", "all.pdf")]


def test_everybodys_paper_keeps_its_name_when_its_file_is_gone(desk: Desk):
    shared = desk.write("all.pdf", "Tides follow the moon.")
    desk.index(shared)
    mine = shared.rename(shared.with_name("a private name.pdf"))

    assert desk.index(mine, owner="ana") == {"a private name.pdf": "unchanged"}
    assert seen_by(desk, "ben") == [("", "all.pdf")]


def test_nobody_is_told_that_another_has_a_paper(desk: Desk):
    mine = desk.write("ana.pdf", "Felicia is a storm.")
    desk.index(mine, owner="ana")

    [result] = desk.results(copy_of(mine, "ben.pdf"), owner="ben")

    assert (result.outcome, result.same_as) == ("indexed", None)
    assert listed(desk) == [("ana", "ana.pdf"), ("ben", "ben.pdf")]


def test_of_two_copies_a_user_sees_his_own(desk: Desk):
    mine = desk.write("ana.pdf", "Felicia is a storm.")
    desk.index(mine, owner="ana")
    desk.index(copy_of(mine, "all.pdf"))

    assert seen_by(desk, "ana") == [("ana", "ana.pdf")]
    assert seen_by(desk, "ben") == [("", "all.pdf")]


def test_each_copy_begins_with_its_own_first_passage(desk: Desk):
    mine = desk.write("ana.pdf", "Felicia is a storm.")
    desk.index(mine, owner="ana")
    desk.index(copy_of(mine, "ben.pdf"), owner="ben")

    papers = desk.library.list_papers()

    assert [one.document for one in papers] == ["ana.pdf", "ben.pdf"]
    assert [one.first and one.first.document for one in papers] == ["ana.pdf", "ben.pdf"]


def test_a_new_version_takes_the_place_of_its_owners_alone(desk: Desk):
    path = desk.write("paper.pdf", "Tides follow the moon.")
    desk.index(path)
    desk.write("paper.pdf", "Felicia is a storm.")
    desk.index(path, owner="ana")
    desk.write("paper.pdf", "Rain falls on hills.")
    desk.index(path, owner="ana")

    texts = [one.text for one in desk.library.list_passages()]

    assert texts == ["Tides follow the moon.", "Rain falls on hills."]
    assert listed(desk) == [("", "paper.pdf"), ("ana", "paper.pdf")]


def test_the_original_and_vectors_of_a_copy_outlive_another(desk: Desk):
    mine = desk.write("ana.pdf", "Felicia is a storm.")
    desk.index(mine, owner="ana")
    desk.index(copy_of(mine, "ben.pdf"), owner="ben")

    delete_documents(
        find_documents(desk.library, "ana.pdf"), library=desk.library, vectors=desk.open_vectors
    )

    [left] = desk.library.list_documents()
    assert (left.owner, left.name) == ("ben", "ben.pdf")
    assert desk.library.original_path(left.sha256).exists()
    assert desk.found("Felicia") == ["Felicia is a storm."]


def test_what_failed_is_noted_for_its_owner(desk: Desk):
    path = desk.papers / "broken.pdf"
    path.write_bytes(b"no PDF")
    desk.index(path, owner="ana")

    desk.index(path, owner="ben")

    assert [(one.owner, one.state) for one in desk.library.list_documents()] == [
        ("ana", "failed"),
        ("ben", "failed"),
    ]


def test_a_rebuild_leaves_each_paper_to_its_owner(desk: Desk):
    mine = desk.write("ana.pdf", "Felicia is a storm.")
    desk.index(mine)
    mine.write_bytes(desk.write("other.pdf", "Rain falls on hills.").read_bytes())
    desk.index(mine, owner="ana")
    desk.index(copy_of(mine, "copy.pdf"))
    before = listed(desk)

    rebuild_documents(
        desk.library,
        vectors=lambda **more: VectorIndex(desk.home, FakeEmbeddings(), **more),
        embedding="another",
    )

    assert sorted(listed(desk)) == sorted(before)
    assert ("ana", "ana.pdf") in before
    assert len(before) == 3
