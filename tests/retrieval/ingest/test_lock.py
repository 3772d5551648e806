"""One writer at a time: who comes second is told, and let in once the first has ended."""

from pathlib import Path

import pytest
from filelock import FileLock

from retrieval.errors import UserError
from retrieval.ingest.lock import LibraryBusy, lock_library
from tests.retrieval.desk import Desk, PowerCut


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_second_one_is_told_to_wait(desk: Desk):
    desk.write("a.pdf", "Some words.")
    desk.home.mkdir()

    with FileLock(desk.home / "write.lock"), pytest.raises(LibraryBusy, match="색인하는 중"):
        desk.index()

    assert desk.index() == {"a.pdf": "indexed"}


def test_it_is_let_in_after_a_run_that_failed(desk: Desk):
    desk.write("a.pdf", "Some words.")
    desk.embeddings.budget = 0
    with pytest.raises(PowerCut):
        desk.index()
    desk.embeddings.budget = 10**9

    assert desk.index() == {"a.pdf": "unchanged"}
    assert desk.found("words") == ["Some words."]


def test_a_home_that_is_a_file_is_told_in_words(desk: Desk):
    desk.write("a.pdf", "Some words.")
    desk.home.write_text("no folder")

    with pytest.raises(UserError, match=r"MUNHEON_HOME|쓸 수 없습니다"):
        desk.index()


def test_a_fault_of_what_is_done_under_the_lock_is_not_the_locks(tmp_path: Path):
    with pytest.raises(FileNotFoundError), lock_library(tmp_path):
        (tmp_path / "none").read_text()
