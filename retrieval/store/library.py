"""The library: documents and passages in SQLite, the truth that every search leg is made from."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from language.publication import UNKNOWN, Publication
from retrieval.parsing.chunks import Chunk
from retrieval.passages import write_plain_header
from retrieval.sources import Source
from retrieval.store.contents import LibraryContents
from retrieval.store.originals import OriginalFiles
from retrieval.store.schema import publication_to_row
from retrieval.tables import tables_to_json


class Library(LibraryContents):
    """The ledger of one library folder, as indexing writes it, and the originals beside it."""

    def __init__(self, home: Path, *, originals: Path | None = None) -> None:
        super().__init__(home)
        self._originals = OriginalFiles(originals or home / "originals")

    def original_path(self, digest: str) -> Path:
        """Where the original of a document lies."""
        return self._originals.path_of(digest)

    def move_document(self, digest: str, path: Source) -> None:
        """Let the document of this content belong to another file, in place of what that held."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE source = ? AND sha256 != ?", (str(path), digest)
            )
            connection.execute(
                "UPDATE documents SET source = ?, name = ? WHERE sha256 = ? AND state != 'failed'",
                (str(path), path.name, digest),
            )
            _raise_generation(connection)

    def expect_files(self, files: Mapping[Source, str]) -> None:
        """List files, by their digests, as those that a run is about to read; no others are."""
        with self.connect() as connection:
            connection.execute("DELETE FROM documents WHERE state = 'new'")
            connection.executemany(
                "INSERT INTO documents (sha256, source, name, state) VALUES (?, ?, ?, 'new')",
                [(digest, str(path), path.name) for path, digest in files.items()],
            )

    def drop_unfinished(self, path: Source, *, apart_from: str) -> None:
        """Forget what a run that was cut short had read of a file that has changed since."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND state IN ('parsed', 'embedded') AND sha256 != ?",
                (str(path), apart_from),
            )

    def add_parsed(
        self,
        path: Source,
        digest: str,
        *,
        title: str,
        pages: int,
        chunks: Iterable[Chunk],
        warning: str = "",
        copy: bytes | None = None,
        publication: Publication = UNKNOWN,
        read_from: Path | None = None,
    ) -> int:
        """Keep a document's passages; no search sees them before `set_ready`.

        `read_from`: the file that was read, where it is not at `path`.
        """
        self._originals.keep_file(read_from or Path(str(path)), digest, copy)
        parts = list(chunks)
        tokens = sum(part.new_tokens for part in parts)
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE sha256 = ? AND state = 'new'", (digest,)
            )
            cursor = connection.execute(
                "INSERT INTO documents (sha256, source, name, title, pages, tokens, warning, state,"
                " authors, year, arxiv, added) VALUES (?, ?, ?, ?, ?, ?, ?, 'parsed', ?, ?, ?, ?)",
                (
                    *(digest, str(path), path.name, title, pages, tokens, warning or None),
                    *publication_to_row(publication),
                    _find_added(connection, path)
                    or datetime.now(UTC).isoformat(timespec="seconds"),
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
                connection.execute(
                    "DELETE FROM documents WHERE id != ? AND source ="
                    " (SELECT source FROM documents WHERE id = ?)",
                    (document, document),
                )
                connection.execute(
                    "UPDATE documents SET state = 'ready', error = NULL WHERE id = ?", (document,)
                )
            if documents:
                _raise_generation(connection)

    def add_failed(self, path: Source, digest: str, error: str) -> None:
        """Note why a file could not be read; an earlier version that is ready stays."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE source = ? AND state != 'ready'", (str(path),)
            )
            connection.execute(
                "INSERT INTO documents (sha256, source, name, state, error)"
                " VALUES (?, ?, ?, 'failed', ?)",
                (digest, str(path), path.name, error),
            )

    def remove_document(self, document: int) -> None:
        """Forget one document, passages and all."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM headers WHERE document = (SELECT sha256 FROM documents WHERE id = ?)",
                (document,),
            )
            connection.execute("DELETE FROM documents WHERE id = ?", (document,))
            _raise_generation(connection)

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
        """Hold what the successor holds, from one moment to the next."""
        successor.keep_setting("generation", str(self.read_generation() + 1))
        with successor.connect() as new, self.connect() as old:
            new.executemany(
                "UPDATE documents SET added = ? WHERE sha256 = ?",
                [tuple(row) for row in old.execute("SELECT added, sha256 FROM documents")],
            )
            new.commit()
            new.backup(old)


def _find_added(connection: sqlite3.Connection, path: Source) -> str | None:
    """When an earlier version of a file was first indexed."""
    query = "SELECT MIN(added) FROM documents WHERE source = ?"
    added: str | None = connection.execute(query, (str(path),)).fetchone()[0]
    return added


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


def _raise_generation(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO settings VALUES ('generation', '1')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )
