"""The library: documents and passages in SQLite, the truth that every search leg is made from."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from retrieval.file_names import keep_path, show_name
from retrieval.parsing.chunks import Chunk
from retrieval.parsing.paper import TITLE_LENGTH
from retrieval.passages import write_plain_header
from retrieval.store.collected import copy_collections, pass_on_collections
from retrieval.store.contents import LibraryContents
from retrieval.store.originals import OriginalFiles
from retrieval.tables import tables_to_json

# The documents whose place another one takes, which is named twice: of its file and owner.
EARLIER_VERSIONS = (
    "SELECT id FROM documents WHERE id != ? AND state != 'removed'"
    " AND (source, owner) = (SELECT source, owner FROM documents WHERE id = ?)"
)


class Library(LibraryContents):
    """The ledger of one library folder, as indexing writes it, and the originals beside it."""

    def __init__(self, home: Path, *, originals: Path | None = None) -> None:
        super().__init__(home)
        self._originals = OriginalFiles(originals or home / "originals")

    def original_path(self, digest: str) -> Path:
        """Where the original of a document lies."""
        return self._originals.path_of(digest)

    def move_document(self, digest: str, path: Path, *, owner: str = "") -> None:
        """Let the owner's document of this content belong to another file, in place of what that held.

        One of everybody's keeps its file: it is not the owner's to be moved.
        """
        with self.connect() as connection:
            pass_on_collections(
                connection,
                "SELECT id FROM documents WHERE source = ? AND owner = ? AND sha256 != ?",
                (keep_path(path), owner, digest),
                to=_find_copy(connection, digest, owner),
            )
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND owner = ? AND sha256 != ? AND state != 'removed'",
                (keep_path(path), owner, digest),
            )
            connection.execute(
                "UPDATE documents SET source = ?, name = ?"
                " WHERE sha256 = ? AND owner = ? AND state NOT IN ('failed', 'removed')",
                (keep_path(path), show_name(path), digest, owner),
            )
            raise_generation(connection)

    def expect_files(self, files: Mapping[Path, str], *, owner: str = "") -> None:
        """List files, by their digests, as those that a run is about to read; no others of the owner's are."""
        with self.connect() as connection:
            connection.execute("DELETE FROM documents WHERE state = 'new' AND owner = ?", (owner,))
            connection.executemany(
                "INSERT INTO documents (sha256, source, name, state, owner)"
                " VALUES (?, ?, ?, 'new', ?)",
                [
                    (digest, keep_path(path), show_name(path), owner)
                    for path, digest in files.items()
                ],
            )

    def drop_unfinished(self, path: Path, *, apart_from: str, owner: str = "") -> None:
        """Forget what a run that was cut short had read of a file that has changed since."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE source = ? AND owner = ?"
                " AND state IN ('parsed', 'embedded') AND sha256 != ?",
                (keep_path(path), owner, apart_from),
            )

    def add_parsed(
        self,
        path: Path,
        digest: str,
        *,
        title: str,
        pages: int,
        chunks: Iterable[Chunk],
        warning: str = "",
        copy: bytes | None = None,
        owner: str = "",
    ) -> int:
        """Keep a document's passages; no search sees them before `set_ready`."""
        self._originals.keep_file(path, digest, copy)
        parts = list(chunks)
        tokens = sum(part.new_tokens for part in parts)
        with self.connect() as connection:
            given = _find_given_title(connection, keep_path(path), digest, owner)
            connection.execute(
                "DELETE FROM documents"
                " WHERE sha256 = ? AND owner = ? AND state IN ('new', 'removed')",
                (digest, owner),
            )
            cursor = connection.execute(
                "INSERT INTO documents (sha256, source, name, title, given_title, pages, tokens,"
                " warning, owner, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'parsed')",
                (
                    digest,
                    keep_path(path),
                    show_name(path),
                    title,
                    given,
                    pages,
                    tokens,
                    warning or None,
                    owner,
                ),
            )
            document = cursor.lastrowid
            assert document is not None
            _insert_passages(connection, document, title, parts)
        return document

    def set_embedded(self, document: int) -> None:
        """Note that all vectors of a document are there."""
        with self.connect() as connection:
            connection.execute("UPDATE documents SET state = 'embedded' WHERE id = ?", (document,))

    def set_ready(self, *documents: int) -> None:
        """Let searches see documents, all at once, each in place of all earlier ones of its file."""
        with self.connect() as connection:
            for document in documents:
                pass_on_collections(connection, EARLIER_VERSIONS, (document, document), to=document)
                connection.execute(
                    f"DELETE FROM documents WHERE id IN ({EARLIER_VERSIONS})", (document, document)
                )
                connection.execute(
                    "UPDATE documents SET state = 'ready', error = NULL WHERE id = ?", (document,)
                )
            if documents:
                raise_generation(connection)

    def add_failed(self, path: Path, digest: str, error: str, *, owner: str = "") -> None:
        """Note why a file could not be read; an earlier version that is ready stays."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND owner = ? AND state NOT IN ('ready', 'removed')",
                (keep_path(path), owner),
            )
            connection.execute(
                "INSERT INTO documents (sha256, source, name, state, error, owner)"
                " VALUES (?, ?, ?, 'failed', ?, ?)",
                (digest, keep_path(path), show_name(path), error, owner),
            )

    def give_title(self, document: int, title: str) -> None:
        """Let a document be known by a title from now on, however often it is indexed again.

        An empty one: by its own.
        """
        given = " ".join(title.split())[:TITLE_LENGTH] or None
        with self.connect() as connection:
            connection.execute(
                "UPDATE documents SET given_title = ? WHERE (source, owner) ="
                " (SELECT source, owner FROM documents WHERE id = ?)",
                (given, document),
            )
            raise_generation(connection)

    def begin_as_successor(self, older: "Library") -> None:
        """Begin as the successor of a library: with its headers, and ids that it never gave."""
        with older.connect() as connection:
            ids = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
            headers = connection.execute("SELECT * FROM headers").fetchall()
        with self.connect() as connection:
            connection.executemany(
                "INSERT INTO sqlite_sequence SELECT ?1, ?2"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
                [tuple(row) for row in ids],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO headers VALUES (?, ?, ?, ?, ?)",
                [tuple(row) for row in headers],
            )

    def replace_contents(self, successor: "Library") -> None:
        """Hold what the successor holds, from one moment to the next; collections stay."""
        successor.keep_setting("generation", str(self.read_generation() + 1))
        self._hand_over(successor)
        with self.connect() as old, successor.connect() as new:
            copy_collections(old, new)
        with successor.connect() as new, self.connect() as old:
            new.backup(old)

    def _hand_over(self, successor: "Library") -> None:
        """Let a successor know the titles that readers gave, and what was taken out.

        Of what was taken out it has the original alone: its passages were made otherwise.
        """
        titles = [(one.given_title, one.source, one.owner) for one in self.list_documents()]
        removed = [
            (
                one.id,
                one.sha256,
                one.source,
                one.name,
                one.title,
                one.given_title,
                one.removed,
                one.owner,
            )
            for one in self.list_removed()
        ]
        with successor.connect() as connection:
            connection.executemany(
                "UPDATE documents SET given_title = ? WHERE source = ? AND owner = ?", titles
            )
            connection.executemany(
                "INSERT OR REPLACE INTO documents"
                " (id, sha256, source, name, title, given_title, removed, owner, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'removed')",
                removed,
            )


def _find_given_title(
    connection: sqlite3.Connection, source: str, digest: str, owner: str
) -> str | None:
    """The title that a reader gave this file or content before."""
    row = connection.execute(
        "SELECT given_title FROM documents WHERE given_title NOT NULL"
        " AND (source = ? OR sha256 = ?) AND owner = ? ORDER BY id DESC",
        (source, digest, owner),
    ).fetchone()
    return str(row[0]) if row else None


def _find_copy(connection: sqlite3.Connection, digest: str, owner: str) -> int | None:
    """The document of this content that the owner sees."""
    row = connection.execute(
        "SELECT id FROM documents WHERE sha256 = ? AND owner IN ('', ?)"
        " AND state NOT IN ('new', 'failed', 'removed') ORDER BY owner DESC",
        (digest, owner),
    ).fetchone()
    return row[0] if row else None


def _insert_passages(
    connection: sqlite3.Connection, document: int, title: str, parts: Sequence[Chunk]
) -> None:
    connection.executemany(
        "INSERT INTO passages (document, position, header, text, page_starts, tokens,"
        " section, is_reference, tables) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document,
                position,
                write_plain_header(title, part.section),
                part.text,
                json.dumps(part.page_starts),
                part.tokens,
                part.section,
                part.is_reference,
                tables_to_json(part.tables),
            )
            for position, part in enumerate(parts)
        ],
    )


def raise_generation(connection: sqlite3.Connection) -> None:
    """Let searches know that what they may find has changed."""
    connection.execute(
        "INSERT INTO settings VALUES ('generation', '1')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )
