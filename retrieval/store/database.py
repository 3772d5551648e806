"""The SQLite file of a library, and what it remembers of how it was made."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from retrieval.errors import UserError
from retrieval.store.read_only import can_write, open_read_only
from retrieval.store.schema import SCHEMA, upgrade_tables

BUSY_SECONDS = 30
# Where libraries keep their vectors that were made before each had a collection of its own.
SHARED_COLLECTION = "passages"
# The setting that names the vectors of the library that this one has taken the place of.
LEFT_COLLECTION = "left_collection"
# The setting that says how many characters were embedded a second.
SPEED = "embedded_a_second"

# The setting that says how many characters of a text were embedded, where longer ones were cut.
LONGEST = "longest_embedded"


class SettingsDiffer(UserError):
    """The library was made with settings that cannot be searched with today's."""

    def __init__(self, home: Path, name: str, stored: str, wanted: str) -> None:
        super().__init__(
            "libraries.settings_differ", home=home, name=name, stored=stored, wanted=wanted
        )


def _connect(path: Path, *, originals: Path, has_tables: bool) -> sqlite3.Connection:
    """A connection to a library's file, whose tables are made or brought up to date if need be."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # Older libraries knew fewer states of a document.
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.row_factory = sqlite3.Row
        if not has_tables:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)
            upgrade_tables(connection, originals)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _read_size(path: Path) -> int:
    """Bytes of a file; 0 where it is none, or none any more: others may take it away meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


class Database:
    """The tables of one library folder, made when they are first asked for."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._has_tables = False

    def exists(self) -> bool:
        """Whether anything was ever indexed here."""
        return (self.home / "library.db").exists()

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes take effect together, or not at all."""
        try:
            with closing(self._open_file()) as connection, connection:
                yield connection
        except (sqlite3.DatabaseError, PermissionError) as error:
            raise UserError(
                "libraries.file_unusable", file=self.home / "library.db", reason=str(error)
            ) from error

    def _open_file(self) -> sqlite3.Connection:
        """A connection to library.db, which has its tables."""
        path = self.home / "library.db"
        connect = partial(_connect, originals=self.home / "originals")
        if self.exists() and not can_write(self.home, path):
            return open_read_only(path, partial(connect, has_tables=False))
        self.home.mkdir(parents=True, exist_ok=True)
        self._check_file()
        connection = connect(path, has_tables=self._has_tables and self.exists())
        self._has_tables = True
        return connection

    def _check_file(self) -> None:
        """UserError where library.db was emptied: what it told is lost, and would be overwritten."""
        path, originals = self.home / "library.db", self.home / "originals"
        # What is new may stand in the log beside it, for a while alone.
        log = _read_size(path.with_name("library.db-wal"))
        is_emptied = self.exists() and not _read_size(path) and not log
        if is_emptied and originals.is_dir() and any(originals.iterdir()):
            raise UserError("libraries.file_empty", file=path, originals=originals)

    def keep_settings(self, **wanted: str) -> None:
        """Remember what the passages are made with; SettingsDiffer where it differs."""
        with self.connect() as connection:
            if not connection.execute("SELECT EXISTS (SELECT 1 FROM settings)").fetchone()[0]:
                # A name of its own: a server may hold the vectors of several libraries.
                wanted = {**wanted, "collection": f"{SHARED_COLLECTION}-{uuid4().hex}"}
            for name, value in wanted.items():
                connection.execute("INSERT OR IGNORE INTO settings VALUES (?, ?)", (name, value))
        self.check_settings(**wanted)

    def check_settings(self, **wanted: str) -> None:
        """Raise SettingsDiffer where the passages were made with other settings."""
        with self.connect() as connection:
            stored = dict(connection.execute("SELECT name, value FROM settings").fetchall())
        for name, value in wanted.items():
            if stored.get(name, value) != value:
                raise SettingsDiffer(self.home, name, stored[name], value)

    def vector_collection_name(self) -> str:
        """The name of what holds the vectors."""
        if not self.exists():
            return SHARED_COLLECTION
        return self.read_setting("collection") or SHARED_COLLECTION

    def is_made_with(self, **wanted: str) -> bool:
        """Whether the passages were made with these settings."""
        try:
            self.check_settings(**wanted)
        except SettingsDiffer:
            return False
        return True

    def read_setting(self, name: str) -> str | None:
        """What is remembered under a name."""
        with self.connect() as connection:
            query = "SELECT value FROM settings WHERE name = ?"
            row = connection.execute(query, (name,)).fetchone()
        return str(row[0]) if row else None

    def keep_setting(self, name: str, value: str | None) -> None:
        """Remember something; None: forget it."""
        with self.connect() as connection:
            connection.execute("DELETE FROM settings WHERE name = ?", (name,))
            if value is not None:
                connection.execute("INSERT INTO settings VALUES (?, ?)", (name, value))
