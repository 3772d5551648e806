"""The library: documents and passages in SQLite, the truth that every search leg is made from."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from language.publication import UNKNOWN, Publication
from retrieval.file_names import show_name
from retrieval.parsing.chunks import Chunk
from retrieval.parsing.paper import TITLE_LENGTH
from retrieval.passages import write_plain_header
from retrieval.sources import Source, keep_source
from retrieval.store.collected import copy_collections, pass_on_collections
from retrieval.store.contents import LibraryContents
from retrieval.store.originals import OriginalFiles
from retrieval.store.schema import publication_to_row
from retrieval.store.succession import begin_ledger, hand_over
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

    def move_document(self, digest: str, source: Source, *, owner: str = "") -> None:
        """Let the owner's document of this content belong to another file, in place of what that held.

        One of everybody's keeps its file: it is not the owner's to be moved.
        """
        with self.connect() as connection:
            pass_on_collections(
                connection,
                "SELECT id FROM documents WHERE source = ? AND owner = ? AND sha256 != ?",
                (keep_source(source), owner, digest),
                to=_find_copy(connection, digest, owner),
            )
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND owner = ? AND sha256 != ? AND state != 'removed'",
                (keep_source(source), owner, digest),
            )
            connection.execute(
                "UPDATE documents SET source = ?, name = ?"
                " WHERE sha256 = ? AND owner = ? AND state NOT IN ('failed', 'removed')",
                (keep_source(source), show_name(source), digest, owner),
            )
            raise_generation(connection)

    def expect_files(self, files: Mapping[Source, str], *, owner: str = "") -> None:
        """List files, by their digests, as those that a run is about to read; no others of the owner's are."""
        with self.connect() as connection:
            connection.execute("DELETE FROM documents WHERE state = 'new' AND owner = ?", (owner,))
            connection.executemany(
                "INSERT INTO documents (sha256, source, name, state, owner)"
                " VALUES (?, ?, ?, 'new', ?)",
                [
                    (digest, keep_source(source), show_name(source), owner)
                    for source, digest in files.items()
                ],
            )

    def drop_unfinished(self, source: Source, *, apart_from: str, owner: str = "") -> None:
        """Forget what a run that was cut short had read of a file that has changed since."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE source = ? AND owner = ?"
                " AND state IN ('parsed', 'embedded') AND sha256 != ?",
                (keep_source(source), owner, apart_from),
            )

    def add_parsed(
        self,
        source: Source,
        digest: str,
        *,
        title: str,
        pages: int,
        chunks: Iterable[Chunk],
        warning: str = "",
        copy: bytes | None = None,
        publication: Publication = UNKNOWN,
        read_from: Path | None = None,
        owner: str = "",
    ) -> int:
        """Keep a document's passages; no search sees them before `set_ready`.

        `read_from`: the file that was read, where that is not the source itself.
        """
        self._originals.keep_file(read_from or Path(str(source)), digest, copy)
        parts = list(chunks)
        tokens = sum(part.new_tokens for part in parts)
        with self.connect() as connection:
            given, added = _find_known(connection, keep_source(source), digest, owner)
            connection.execute(
                "DELETE FROM documents"
                " WHERE sha256 = ? AND owner = ? AND state IN ('new', 'removed')",
                (digest, owner),
            )
            cursor = connection.execute(
                "INSERT INTO documents (sha256, source, name, title, given_title, pages, tokens,"
                " warning, owner, state, authors, year, arxiv, added)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'parsed', ?, ?, ?, ?)",
                (
                    *(digest, keep_source(source), show_name(source), title, given, pages, tokens),
                    *(warning or None, owner),
                    *publication_to_row(publication),
                    added or datetime.now(UTC).isoformat(timespec="seconds"),
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

    def add_failed(self, source: Source, digest: str, error: str, *, owner: str = "") -> None:
        """Note why a file could not be read; an earlier version that is ready stays."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND owner = ? AND state NOT IN ('ready', 'removed')",
                (keep_source(source), owner),
            )
            connection.execute(
                "INSERT INTO documents (sha256, source, name, state, error, owner)"
                " VALUES (?, ?, ?, 'failed', ?, ?)",
                (digest, keep_source(source), show_name(source), error, owner),
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
        with older.connect() as old, self.connect() as new:
            begin_ledger(old, new)

    def replace_contents(self, successor: "Library") -> None:
        """Hold what the successor holds, from one moment to the next; collections stay."""
        successor.keep_setting("generation", str(self.read_generation() + 1))
        with self.connect() as old, successor.connect() as new:
            hand_over(old, new)
            copy_collections(old, new)
        with successor.connect() as new, self.connect() as old:
            new.backup(old)


def _find_known(
    connection: sqlite3.Connection, source: str, digest: str, owner: str
) -> tuple[str | None, str | None]:
    """The title that a reader gave this file or content before, and when it was first indexed."""
    title, added = connection.execute(
        "WITH known AS (SELECT * FROM documents WHERE (source = ?1 OR sha256 = ?2) AND owner = ?3)"
        " SELECT (SELECT given_title FROM known WHERE given_title NOT NULL ORDER BY id DESC),"
        " (SELECT MIN(added) FROM known)",
        (source, digest, owner),
    ).fetchone()
    return title, added


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
