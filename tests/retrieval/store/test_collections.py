"""Collections: whose they are, and that they keep their papers whatever becomes of files and ids."""

from pathlib import Path

import pytest

from retrieval.ingest.rebuild import rebuild_documents
from retrieval.ingest.upkeep import delete_documents, find_documents
from retrieval.store.collections import (
    LONGEST_NAME,
    Collections,
    NameTaken,
    NoSuchCollection,
    UnfitName,
)
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Everybody's tides.pdf, and storm.pdf of ana's."""
    desk = Desk(tmp_path)
    desk.index(desk.write("tides.pdf", "Tides follow the moon."))
    desk.index(desk.write("storm.pdf", "Felicia is a storm."), owner="ana")
    return desk


def id_of(desk: Desk, name: str) -> int:
    return next(one.id for one in desk.library.list_documents() if one.name == name)


def names_in(desk: Desk, collections: Collections, collection: int) -> list[str]:
    papers = collections.list_papers(collection)
    return [one.name for one in desk.library.list_documents() if one.id in papers]


class TestChanges:
    def test_papers_go_in_and_out(self, desk: Desk):
        ana = Collections(desk.library, "ana")
        made = ana.make("  날씨 \n 논문 ")
        ana.add_papers(made, [id_of(desk, "tides.pdf"), id_of(desk, "storm.pdf"), 99])
        ana.add_papers(made, [id_of(desk, "tides.pdf")])

        [listed] = ana.list_collections()
        assert (listed.name, listed.owner, listed.papers) == ("날씨 논문", "ana", 2)
        ana.remove_papers(made, [id_of(desk, "tides.pdf")])
        assert names_in(desk, ana, made) == ["storm.pdf"]

    def test_another_name_or_none_at_all(self, desk: Desk):
        ana = Collections(desk.library, "ana")
        made = ana.make("weather")
        ana.rename(made, "storms")
        assert [one.name for one in ana.list_collections()] == ["storms"]

        ana.delete(made)

        assert ana.list_collections() == []
        assert len(desk.library.list_documents()) == 2

    @pytest.mark.parametrize("name", ["", " \n ", "가" * (LONGEST_NAME + 1)])
    def test_names_that_are_none_are_refused(self, desk: Desk, name: str):
        with pytest.raises(UnfitName):
            Collections(desk.library).make(name)

    def test_an_owner_gives_a_name_once(self, desk: Desk):
        ana, ben = Collections(desk.library, "ana"), Collections(desk.library, "ben")
        ana.make("가")
        other = ana.make("나")
        ben.make("가")

        with pytest.raises(NameTaken):
            ana.make("\u1100\u1161")  # 가 in parts
        with pytest.raises(NameTaken):
            ana.rename(other, "가")


class TestOwners:
    def test_a_user_sees_his_own_and_everybodys(self, desk: Desk):
        for user in ("ana", "ben", ""):
            Collections(desk.library, user).make(f"of {user or 'all'}")

        assert [one.name for one in Collections(desk.library, "ana").list_collections()] == [
            "of ana",
            "of all",
        ]
        assert [one.name for one in Collections(desk.library).list_collections()] == ["of all"]
        assert len(Collections(desk.library, None).list_collections()) == 3

    def test_anothers_is_as_one_that_is_not_there(self, desk: Desk):
        made = Collections(desk.library, "ana").make("secret")
        ben = Collections(desk.library, "ben")

        for reach in (
            lambda: ben.rename(made, "mine"),
            lambda: ben.delete(made),
            lambda: ben.add_papers(made, [1]),
            lambda: ben.remove_papers(made, [1]),
            lambda: ben.list_papers(made),
            lambda: ben.find_collections("secret"),
        ):
            with pytest.raises(NoSuchCollection):
                reach()

    def test_everybodys_is_read_and_not_changed_by_a_user(self, desk: Desk):
        shared = Collections(desk.library)
        made = shared.make("shared")
        shared.add_papers(made, [id_of(desk, "tides.pdf")])
        ana = Collections(desk.library, "ana")

        assert names_in(desk, ana, made) == ["tides.pdf"]
        with pytest.raises(NoSuchCollection):
            ana.delete(made)

    def test_a_paper_that_the_owner_may_not_see_is_passed_over(self, desk: Desk):
        for user in ("", "ben"):
            own = Collections(desk.library, user)
            made = own.make("mine")
            own.add_papers(made, [id_of(desk, "storm.pdf"), id_of(desk, "tides.pdf")])

            assert names_in(desk, own, made) == ["tides.pdf"]


class TestPapersChange:
    @pytest.fixture
    def made(self, desk: Desk) -> int:
        """A collection of ana's with both papers."""
        ana = Collections(desk.library, "ana")
        made = ana.make("weather")
        ana.add_papers(made, [id_of(desk, "tides.pdf"), id_of(desk, "storm.pdf")])
        return made

    def names(self, desk: Desk, made: int) -> list[str]:
        return names_in(desk, Collections(desk.library, "ana"), made)

    def test_a_new_version_takes_the_old_ones_place(self, desk: Desk, made: int):
        before = id_of(desk, "storm.pdf")
        desk.index(desk.write("storm.pdf", "Felicia was a storm."), owner="ana")

        assert id_of(desk, "storm.pdf") != before
        assert self.names(desk, made) == ["storm.pdf", "tides.pdf"]

    def test_a_file_that_moved_and_changed_then_stays(self, desk: Desk, made: int):
        moved = (desk.papers / "storm.pdf").rename(desk.papers / "moved.pdf")
        desk.index(moved, owner="ana")
        assert self.names(desk, made) == ["moved.pdf", "tides.pdf"]

        desk.index(desk.write("moved.pdf", "Felicia was a storm."), owner="ana")

        assert self.names(desk, made) == ["moved.pdf", "tides.pdf"]

    def test_a_file_that_is_written_over_by_another_is_that_one(self, desk: Desk, made: int):
        other = desk.write("other.pdf", "Rain falls on hills.")
        desk.index(other, owner="ana")
        other.rename(desk.papers / "storm.pdf")

        desk.index(desk.papers / "storm.pdf", owner="ana")

        assert self.names(desk, made) == ["storm.pdf", "tides.pdf"]
        assert [one.text for one in desk.library.list_passages()][-1] == "Rain falls on hills."

    def test_a_removed_paper_is_in_no_collection(self, desk: Desk, made: int):
        delete_documents(
            find_documents(desk.library, "storm.pdf"),
            library=desk.library,
            vectors=desk.open_vectors,
        )

        assert self.names(desk, made) == ["tides.pdf"]

    def test_a_rebuild_keeps_them(self, desk: Desk, made: int):
        before = id_of(desk, "storm.pdf")

        rebuild_documents(
            desk.library,
            vectors=lambda **more: VectorIndex(desk.home, FakeEmbeddings(), **more),
            embedding="another",
        )

        assert id_of(desk, "storm.pdf") != before
        assert self.names(desk, made) == ["storm.pdf", "tides.pdf"]
        assert Collections(desk.library, "ana").list_collections()[0].id == made
