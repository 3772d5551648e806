"""Collections: papers that are asked together, under a name, as one user may see and change them."""

import json
import sqlite3
import unicodedata
from collections.abc import Collection as Ids
from dataclasses import dataclass

from retrieval.errors import UserError
from retrieval.store.database import Database

# In characters.
LONGEST_NAME = 100
# The documents that stand in a collection: what its owner may see, and searches may find.
HELD = (
    "documents.id = collected.document AND documents.state = 'ready'"
    " AND documents.owner IN ('', collections.owner)"
)


class NoSuchCollection(UserError):
    """There is no such collection, or none that the user may see, or change."""

    def __init__(self, name: object) -> None:
        super().__init__("libraries.no_such_collection", name=name)


class NameTaken(UserError):
    """The owner has a collection of this name."""

    def __init__(self, name: str) -> None:
        super().__init__("libraries.name_taken", name=name)


class UnfitName(UserError):
    """A name that is empty or too long."""

    def __init__(self) -> None:
        super().__init__("libraries.unfit_name", longest=LONGEST_NAME)


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A name for papers."""

    id: int
    owner: str
    """Who made it; empty: it is everybody's."""

    name: str
    papers: int
    """How many of its papers can be searched."""


class Collections:
    """The collections that one user sees: his own and everybody's, of which he changes his own.

    user: '' where there are no users, or for everybody's alone; None sees and changes all.
    """

    def __init__(self, library: Database, user: str | None = "") -> None:
        self._library = library
        self._user = user

    def list_collections(self) -> list[Collection]:
        """All that the user sees, his own first, by name."""
        with self._library.connect() as connection:
            rows = connection.execute(
                "SELECT collections.id, collections.owner, collections.name,"
                " COUNT(documents.id) AS papers FROM collections"
                " LEFT JOIN collected ON collected.collection = collections.id"
                f" LEFT JOIN documents ON {HELD}"
                " WHERE ?1 IS NULL OR collections.owner IN ('', ?1)"
                " GROUP BY collections.id ORDER BY collections.owner = '', collections.name",
                (self._user,),
            ).fetchall()
        return [Collection(**dict(row)) for row in rows]

    def find_collections(self, name: str) -> list[Collection]:
        """Those that are called so, the user's own first; NoSuchCollection where there is none."""
        wanted = _tidy_name(name)
        found = [one for one in self.list_collections() if one.name == wanted]
        if not found:
            raise NoSuchCollection(wanted)
        return found

    def make(self, name: str) -> int:
        """A new, empty collection of the user's; its id."""
        with self._library.connect() as connection:
            try:
                cursor = connection.execute(
                    "INSERT INTO collections (owner, name) VALUES (?, ?)",
                    (self._user or "", _check_name(name)),
                )
            except sqlite3.IntegrityError as error:
                raise NameTaken(_tidy_name(name)) from error
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def rename(self, collection: int, name: str) -> None:
        """Give a collection another name."""
        with self._library.connect() as connection:
            self._check_own(connection, collection)
            try:
                connection.execute(
                    "UPDATE collections SET name = ? WHERE id = ?", (_check_name(name), collection)
                )
            except sqlite3.IntegrityError as error:
                raise NameTaken(_tidy_name(name)) from error

    def delete(self, collection: int) -> None:
        """Forget a collection; its papers stay in the library."""
        with self._library.connect() as connection:
            self._check_own(connection, collection)
            connection.execute("DELETE FROM collections WHERE id = ?", (collection,))

    def add_papers(self, collection: int, papers: Ids[int]) -> None:
        """Put papers into a collection; those that its owner may not see are passed over."""
        with self._library.connect() as connection:
            self._check_own(connection, collection)
            connection.execute(
                "INSERT OR IGNORE INTO collected SELECT collections.id, documents.id"
                " FROM collections JOIN documents ON documents.owner IN ('', collections.owner)"
                " WHERE collections.id = ? AND documents.id IN (SELECT value FROM json_each(?))",
                (collection, json.dumps(list(papers))),
            )

    def remove_papers(self, collection: int, papers: Ids[int]) -> None:
        """Take papers out of a collection."""
        with self._library.connect() as connection:
            self._check_own(connection, collection)
            connection.execute(
                "DELETE FROM collected WHERE collection = ?"
                " AND document IN (SELECT value FROM json_each(?))",
                (collection, json.dumps(list(papers))),
            )

    def list_papers(self, collection: int) -> list[int]:
        """The ids of a collection's papers that can be searched; what RunOptions.papers takes."""
        with self._library.connect() as connection:
            self._find_owner(connection, collection)
            rows = connection.execute(
                "SELECT documents.id FROM collected"
                " JOIN collections ON collections.id = collected.collection"
                f" JOIN documents ON {HELD} WHERE collections.id = ? ORDER BY documents.id",
                (collection,),
            )
            return [row[0] for row in rows]

    def _check_own(self, connection: sqlite3.Connection, collection: int) -> None:
        """NoSuchCollection where it is not the user's to be changed."""
        if self._find_owner(connection, collection) != self._user and self._user is not None:
            raise NoSuchCollection(collection)

    def _find_owner(self, connection: sqlite3.Connection, collection: int) -> str:
        """Whose it is; NoSuchCollection where the user sees none of this id."""
        row = connection.execute(
            "SELECT owner FROM collections WHERE id = ?1 AND (?2 IS NULL OR owner IN ('', ?2))",
            (collection, self._user),
        ).fetchone()
        if row is None:
            raise NoSuchCollection(collection)
        return str(row[0])


def _tidy_name(name: str) -> str:
    """A name in composed letters, its white space single."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _check_name(name: str) -> str:
    """A name that fits a collection; UnfitName where it is none."""
    tidy = _tidy_name(name)
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise UnfitName
    return tidy
