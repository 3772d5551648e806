"""The library: documents and passages in SQLite, the truth that every search leg is made from."""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from retrieval.chunk import Chunk
from retrieval.database import Database
from retrieval.passages import Passage, header_of, searched
from retrieval.schema import SEARCHABLE, State
from retrieval.text_files import SUFFIXES as TEXTS
from retrieval.text_files import is_text

# The setting that names the vectors of the library that this one has taken the place of.
LEFT_COLLECTION = "left_collection"
# The setting that says how many characters were embedded a second.
SPEED = "embedded_a_second"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of the library."""

    id: int
    sha256: str
    source: str
    """Where the file was when it was indexed."""

    name: str
    title: str
    pages: int
    tokens: int
    passages: int
    state: State
    error: str | None
    warning: str | None
    """What may be missing or wrong in what was read."""


class Library(Database):
    """The ledger of one library folder, and the originals beside it."""

    def __init__(self, home: Path, *, originals: Path | None = None) -> None:
        super().__init__(home)
        self._originals = originals or home / "originals"

    def generation(self) -> int:
        """A number that grows whenever what a search may find has changed."""
        return int(self.setting("generation") or 0)

    def state_key(self) -> str:
        """A text that differs wherever what a search may find does: of other libraries as well."""
        with self.connect() as connection:
            rows = [
                *connection.execute(
                    "SELECT name, value FROM settings WHERE name NOT IN (?, ?) ORDER BY name",
                    (LEFT_COLLECTION, SPEED),
                ),
                *connection.execute("SELECT id, sha256, state FROM documents ORDER BY id"),
            ]
        return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()

    def documents(self) -> list[Document]:
        """All documents, by name."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT documents.*, COUNT(passages.id) AS passages FROM documents"
                " LEFT JOIN passages ON passages.document = documents.id"
                " GROUP BY documents.id ORDER BY name, documents.id"
            ).fetchall()
        return [Document(**dict(row)) for row in rows]

    def source_of(self, digest: str) -> Path | None:
        """The file whose document has this content, searchable or on its way."""
        with self.connect() as connection:
            query = (
                "SELECT source FROM documents WHERE sha256 = ? AND state NOT IN ('new', 'failed')"
            )
            row = connection.execute(query, (digest,)).fetchone()
        return Path(row[0]) if row else None

    def move(self, digest: str, path: Path) -> None:
        """Let the document of this content belong to another file."""
        with self.connect() as connection:
            connection.execute(
                "UPDATE documents SET source = ?, name = ? WHERE sha256 = ? AND state != 'failed'",
                (str(path), path.name, digest),
            )
            _next_generation(connection)

    def expect(self, files: Mapping[Path, str]) -> None:
        """List files, by their digests, as those that a run is about to read; no others are."""
        with self.connect() as connection:
            connection.execute("DELETE FROM documents WHERE state = 'new'")
            connection.executemany(
                "INSERT INTO documents (sha256, source, name, state) VALUES (?, ?, ?, 'new')",
                [(digest, str(path), path.name) for path, digest in files.items()],
            )

    def drop_unfinished(self, path: Path, *, apart_from: str) -> None:
        """Forget what a run that was cut short had read of a file that has changed since."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents"
                " WHERE source = ? AND state IN ('parsed', 'embedded') AND sha256 != ?",
                (str(path), apart_from),
            )

    def ids_of(self, document: int) -> set[str]:
        """The ids of one document's passages that are to be searched."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT id FROM passages WHERE document = ? AND NOT is_reference", (document,)
            )
            return {str(row[0]) for row in rows}

    def passage_ids(self) -> set[str]:
        """The ids of all passages, of documents ready or not."""
        with self.connect() as connection:
            return {str(row[0]) for row in connection.execute("SELECT id FROM passages")}

    def titles(self) -> list[str]:
        """The titles of all documents that can be searched."""
        return [
            document.title or document.name
            for document in self.documents()
            if document.state == "ready"
        ]

    def passages(self) -> list[Passage]:
        """What searches see: no list of references, of the documents that are ready, in order."""
        return self._passages(SEARCHABLE, ())

    def searched(self) -> Iterator[tuple[int, str]]:
        """(id, what the search legs see) of the same passages, one after the other."""
        with self.connect() as connection:
            for id, header, context, text in connection.execute(
                "SELECT passages.id, header, COALESCE(context, ''), text"
                " FROM passages JOIN documents ON documents.id = passages.document"
                " LEFT JOIN contexts ON contexts.passage = passages.id"
                f" WHERE {SEARCHABLE} ORDER BY document, position"
            ):
                yield id, searched(header, context, text)

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Passages by their ids; one that is gone is left out."""
        marks = ", ".join("?" * len(ids))
        found = self._passages(
            f"{SEARCHABLE} AND passages.id IN ({marks})", tuple(int(id) for id in ids)
        )
        return {passage.id: passage for passage in found}

    def passages_of(self, document: int) -> list[Passage]:
        """The passages of one document, ready or not, without its list of references."""
        return self._passages("documents.id = ? AND NOT is_reference", (document,))

    def _passages(self, where: str, values: tuple[int, ...]) -> list[Passage]:
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT passages.id, sha256, name, title, header, section, text, page_starts,"
                " COALESCE(context, '') AS context"
                " FROM passages JOIN documents ON documents.id = passages.document"
                " LEFT JOIN contexts ON contexts.passage = passages.id"
                f" WHERE {where} ORDER BY document, position",
                values,
            ).fetchall()
        return [
            Passage(
                id=str(row["id"]),
                document=row["name"],
                title=row["title"],
                sha256=row["sha256"],
                header=row["header"],
                section=row["section"],
                context=row["context"],
                text=row["text"],
                page_starts=[(at, page) for at, page in json.loads(row["page_starts"])],
            )
            for row in rows
        ]

    def original(self, digest: str) -> Path:
        """Where the original of a document lies."""
        texts = (self._originals / f"{digest}{suffix}" for suffix in TEXTS)
        return next(filter(Path.exists, texts), self._originals / f"{digest}.pdf")

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
    ) -> int:
        """Keep a document's passages; no search sees them before `set_ready`."""
        self._keep_original(path, digest, copy)
        parts = list(chunks)
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE sha256 = ? AND state = 'new'", (digest,)
            )
            cursor = connection.execute(
                "INSERT INTO documents (sha256, source, name, title, pages, tokens, warning, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'parsed')",
                (
                    digest,
                    str(path),
                    path.name,
                    title,
                    pages,
                    sum(part.new_tokens for part in parts),
                    warning or None,
                ),
            )
            document = cursor.lastrowid
            assert document is not None
            connection.executemany(
                "INSERT INTO passages (document, position, header, text, page_starts, tokens,"
                " section, is_reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        document,
                        position,
                        header_of(title, part.section),
                        part.text,
                        json.dumps(part.page_starts),
                        part.tokens,
                        part.section,
                        part.is_reference,
                    )
                    for position, part in enumerate(parts)
                ],
            )
        return document

    def _keep_original(self, path: Path, digest: str, copy: bytes | None) -> None:
        """Keep the file in the library, or a copy in its place, whole or not at all."""
        suffix = path.suffix.lower() if is_text(path) else ".pdf"
        kept = self._originals / f"{digest}{suffix}"
        if kept.exists():
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        if copy is None:
            shutil.copyfile(path, part)
        else:
            part.write_bytes(copy)
        part.replace(kept)

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
                _next_generation(connection)

    def add_failed(self, path: Path, digest: str, error: str) -> None:
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

    def remove(self, document: int) -> None:
        """Forget one document, passages and all."""
        with self.connect() as connection:
            connection.execute(
                "DELETE FROM headers WHERE document = (SELECT sha256 FROM documents WHERE id = ?)",
                (document,),
            )
            connection.execute("DELETE FROM documents WHERE id = ?", (document,))
            _next_generation(connection)

    def follow(self, older: "Library") -> None:
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

    def become(self, successor: "Library") -> None:
        """Hold what the successor holds, from one moment to the next."""
        successor.remember("generation", str(self.generation() + 1))
        with successor.connect() as new, self.connect() as old:
            new.backup(old)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _next_generation(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO settings VALUES ('generation', '1')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )
