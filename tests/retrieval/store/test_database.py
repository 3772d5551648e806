"""library.db: what it remembers of how it was made, and what a damaged one says."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from retrieval.errors import UserError
from retrieval.store.database import Database, SettingsDiffer


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "data")


def test_other_settings_are_refused_with_both_named(database: Database):
    database.keep_settings(embedding="e5", chunking="800")
    database.keep_settings(embedding="e5", header="title")

    with pytest.raises(SettingsDiffer, match=r"embedding=e5.*openai") as refused:
        database.keep_settings(embedding="openai")
    with pytest.raises(SettingsDiffer):
        database.check_settings(header="none")

    assert "munheon index --rebuild" in str(refused.value)
    database.check_settings(embedding="e5", chunking="800", header="title")


def test_settings_never_kept_differ_from_nothing(database: Database):
    database.check_settings(embedding="anything")
    database.keep_settings(embedding="e5")
    database.check_settings(another="x")

    with pytest.raises(SettingsDiffer):
        database.check_settings(embedding="anything")


def test_each_library_names_a_collection_of_its_own(database: Database, tmp_path: Path):
    other = Database(tmp_path / "other")
    for one in (database, other):
        one.keep_settings(embedding="e5")
    named = database.vector_collection_name()
    database.keep_settings(embedding="e5")

    assert database.vector_collection_name() == named != other.vector_collection_name()


def test_a_library_from_before_keeps_its_collection(database: Database):
    with database.connect() as connection:
        connection.execute("INSERT INTO settings VALUES ('embedding', 'e5')")

    database.keep_settings(embedding="e5")

    assert database.vector_collection_name() == "passages"


def test_a_damaged_file_is_told_in_words(database: Database):
    database.home.mkdir()
    (database.home / "library.db").write_bytes(b"no database" * 1000)

    with pytest.raises(UserError, match=r"library\.db"):
        database.read_setting("embedding")


def test_the_log_may_vanish_at_any_moment(database: Database):
    database.keep_setting("collection", "one")

    def read_often(_: int) -> set[str | None]:
        return {database.read_setting("collection") for _ in range(500)}

    # Who closes the last connection takes the log away.
    with ThreadPoolExecutor(8) as readers:
        assert set().union(*readers.map(read_often, range(8))) == {"one"}
