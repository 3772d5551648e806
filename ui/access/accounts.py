"""The accounts of a library's chat: accounts.db."""

import re
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ui.access.errors import AccessError
from ui.access.passwords import hash_password, is_password

BUSY_SECONDS = 10
# A colon stands in the names of those who come from a provider.
NAME = re.compile(r"[\w.@+-]{1,64}")
SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    identifier TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    created TEXT NOT NULL,
    is_admin INTEGER NOT NULL,
    version TEXT NOT NULL
)
"""


@dataclass(frozen=True)
class Account:
    """Somebody who signs in; the version changes with the password."""

    identifier: str
    created: str
    is_admin: bool
    version: str


class Accounts:
    """Who may sign in to a library's chat."""

    def __init__(self, home: Path) -> None:
        self.path = home / "accounts.db"

    def add(self, name: str, password: str, *, is_admin: bool = False) -> None:
        """A new account; UserError where the name is taken or none."""
        self.check_free(name)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        row = (read_name(name), hash_password(password), created, is_admin, _new_version())
        with self._connect() as connection:
            try:
                connection.execute("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)", row)
            except sqlite3.IntegrityError as error:
                raise AccessError("access.name_taken", name=name) from error

    def check_free(self, name: str) -> None:
        """UserError where an account of this name cannot be made."""
        if not NAME.fullmatch(read_name(name)):
            raise AccessError("access.no_name", name=name)
        if self.find(name):
            raise AccessError("access.name_taken", name=name)

    def check_there(self, name: str) -> None:
        """UserError where there is no such account."""
        if not self.find(name):
            raise AccessError("access.unknown_name", name=name)

    def change_password(self, name: str, password: str) -> None:
        """A new password; whoever is signed in with the old one no longer is."""
        self.check_there(name)
        row = (hash_password(password), _new_version(), read_name(name))
        with self._connect() as connection:
            connection.execute(
                "UPDATE accounts SET hash = ?, version = ? WHERE identifier = ?", row
            )

    def remove(self, name: str) -> None:
        """Take an account away."""
        self.check_there(name)
        with self._connect() as connection:
            connection.execute("DELETE FROM accounts WHERE identifier = ?", (read_name(name),))

    def find(self, name: str) -> Account | None:
        """The account of this name."""
        found = self._select("WHERE identifier = ?", read_name(name))
        return found[0][0] if found else None

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account, if this is its password; as slow where there is none."""
        found = self._select("WHERE identifier = ?", read_name(name))
        account, kept = found[0] if found else (None, None)
        return account if is_password(password, kept) else None

    def list_all(self) -> list[Account]:
        """All accounts, by name."""
        return [account for account, _ in self._select("ORDER BY identifier")]

    def _select(self, condition: str, *values: str) -> list[tuple[Account, str]]:
        """Accounts, each with its hash."""
        if not self.path.exists():
            return []
        columns = "identifier, created, is_admin, version, hash"
        with self._connect() as connection:
            rows = connection.execute(f"SELECT {columns} FROM accounts {condition}", values)
            return [
                (Account(name, created, bool(is_admin), version), kept)
                for name, created, is_admin, version, kept in rows
            ]

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file, which its owner alone can read."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            opened = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            with closing(opened) as connection, connection:
                connection.execute(SCHEMA)
                yield connection
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise AccessError("access.unreadable_file", file=self.path) from error


def read_name(name: str) -> str:
    """A name in the one form in which it is kept."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _new_version() -> str:
    return secrets.token_hex(8)
