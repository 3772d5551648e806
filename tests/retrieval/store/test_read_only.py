"""A library that can only be read is searched and listed; what would change it is refused."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.errors import UserError
from retrieval.ingest.lock import lock_library
from retrieval.store import lexical, read_only
from retrieval.store.library import Library
from retrieval.store.read_only import copy_to_temporary
from tests.retrieval.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.index()
    return desk


@pytest.fixture
def locked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk, whose library's files cannot be changed."""
    paths = [desk.home, *desk.home.rglob("*")]
    for path in paths:
        path.chmod(path.stat().st_mode & ~0o222)
    if os.geteuid() == 0:  # who may do all; the store asks before it writes
        monkeypatch.setattr(
            read_only.os, "access", lambda path, mode: desk.home not in _above(path)
        )
    yield desk
    for path in paths:
        if path.exists():
            path.chmod(path.stat().st_mode | 0o200)


def _above(path: object) -> list[Path]:
    return [Path(str(path)), *Path(str(path)).parents]


def stamps(desk: Desk) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(desk.home.rglob("*"))}


def test_it_is_searched_and_listed_and_stays_as_it_is(locked: Desk):
    before = stamps(locked)

    library = Library(locked.home)
    assert [one.name for one in library.list_documents()] == ["solar.pdf"]
    assert locked.found("layers") == ["SOLAR has layers."]

    assert stamps(locked) == before


def test_it_is_searched_though_its_postings_are_missing(
    desk: Desk, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    (desk.home / "lexical.npz").unlink()
    request.getfixturevalue("locked")

    def refuse(path: Path, *given: object, **further: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(lexical.np, "savez", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)

    assert desk.found("layers") == ["SOLAR has layers."]
    monkeypatch.undo()


def test_what_would_change_it_is_refused_in_a_line(locked: Desk):
    with pytest.raises(UserError, match=r"library\.db"):
        Library(locked.home).give_title(1, "Other")


def test_a_log_that_a_killed_run_left_is_read(desk: Desk, request: pytest.FixtureRequest):
    keeper = sqlite3.connect(desk.home / "library.db")  # while one is open the log stays
    keeper.execute("SELECT 1 FROM documents").fetchone()
    desk.library.give_title(desk.library.list_documents()[0].id, "New title")
    log = (desk.home / "library.db-wal").read_bytes()
    main = (desk.home / "library.db").read_bytes()
    keeper.close()
    (desk.home / "library.db").write_bytes(main)
    (desk.home / "library.db-wal").write_bytes(log)
    request.getfixturevalue("locked")

    [document] = Library(desk.home).list_documents()

    assert document.shown_title == "New title"
    with pytest.raises(UserError):
        Library(desk.home).give_title(1, "Lost")


def test_an_older_library_is_read(desk: Desk, request: pytest.FixtureRequest):
    with desk.library.connect() as connection:
        connection.execute("ALTER TABLE documents DROP COLUMN given_title")
    request.getfixturevalue("locked")

    assert locked_names(desk) == ["solar.pdf"]


def locked_names(desk: Desk) -> list[str]:
    return [one.name for one in Library(desk.home).list_documents()]


def test_a_copy_is_made_anew_where_the_files_have_changed(tmp_path: Path):
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "a").write_text("one")
    first = copy_to_temporary(tmp_path / "chroma")
    assert copy_to_temporary(tmp_path / "chroma") == first

    (tmp_path / "chroma" / "a").write_text("two, longer")

    second = copy_to_temporary(tmp_path / "chroma")
    assert (second / "chroma" / "a").read_text() == "two, longer"


@pytest.mark.skipif(os.geteuid() == 0, reason="the system lets root write everywhere")
def test_indexing_says_one_line(locked: Desk):
    with pytest.raises(UserError, match="쓸 수 없습니다"), lock_library(locked.home):
        pass
