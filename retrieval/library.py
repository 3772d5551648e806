"""The library: documents and passages in SQLite, the truth that every search leg is made from."""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from retrieval.chunk import Chunk
from retrieval.errors import UserError
from retrieval.passages import Passage, header_of, searched
from retrieval.text_files import SUFFIXES as TEXTS
from retrieval.text_files import is_text

State = Literal["parsed", "ready", "failed"]
BUSY_SECONDS = 30
# Which passages a search may find.
SEARCHABLE = "documents.state = 'ready' AND NOT is_reference"

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0,
    tokens INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('parsed', 'ready', 'failed')),
    error TEXT,
    warning TEXT
);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    header TEXT NOT NULL,
    text TEXT NOT NULL,
    page_starts TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    section TEXT NOT NULL DEFAULT '',
    is_reference INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document, position);
CREATE TABLE IF NOT EXISTS contexts (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    context TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS headers (
    document TEXT NOT NULL,
    passage TEXT NOT NULL,
    prompt TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, passage, prompt, model)
);
"""


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


class OtherSettings(UserError):
    """The library was made with settings that cannot be searched with today's."""

    def __init__(self, home: Path, name: str, stored: str, wanted: str) -> None:
        super().__init__(
            f"{home}의 색인은 {name}={stored}(으)로 만들어졌는데 지금 설정은 {wanted}입니다. 설정을 되돌리거나, "
            "MUNHEON_HOME을 새 폴더로 바꾸어 다시 색인하세요. (The index was made with other settings: "
            "restore them, or index again into a new MUNHEON_HOME.)"
        )


class Library:
    """The SQLite file of one library folder, and the originals beside it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._originals = home / "originals"
        self._has_tables = False

    def exists(self) -> bool:
        """Whether anything was ever indexed here."""
        return (self.home / "library.db").exists()

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes take effect together, or not at all."""
        self.home.mkdir(parents=True, exist_ok=True)
        is_made = self._has_tables and self.exists()
        connection = sqlite3.connect(self.home / "library.db", timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.row_factory = sqlite3.Row
            if not is_made:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(SCHEMA)
                _add_missing(connection)
                self._has_tables = True
            with connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise UserError(
                f"라이브러리 파일 {self.home / 'library.db'}을(를) 쓸 수 없습니다: {error}. 디스크 공간과 권한을 확인하거나 "
                "백업으로 바꾸세요. (library.db cannot be used: check disk space and permissions, or restore a backup.)"
            ) from error
        finally:
            connection.close()

    def keep_settings(self, **wanted: str) -> None:
        """Remember what the passages are made with; OtherSettings where it differs."""
        with self._connect() as connection:
            for name, value in wanted.items():
                connection.execute("INSERT OR IGNORE INTO settings VALUES (?, ?)", (name, value))
        self.check_settings(**wanted)

    def check_settings(self, **wanted: str) -> None:
        """Raise OtherSettings where the passages were made with other settings."""
        with self._connect() as connection:
            stored = dict(connection.execute("SELECT name, value FROM settings").fetchall())
        for name, value in wanted.items():
            if stored.get(name, value) != value:
                raise OtherSettings(self.home, name, stored[name], value)

    def generation(self) -> int:
        """A number that grows whenever what a search may find has changed."""
        with self._connect() as connection:
            row = connection.execute(
                "SELECT value FROM settings WHERE name = 'generation'"
            ).fetchone()
        return int(row[0]) if row else 0

    def state_key(self) -> str:
        """A text that differs wherever what a search may find does: of other libraries as well."""
        with self._connect() as connection:
            rows = [
                *connection.execute("SELECT name, value FROM settings ORDER BY name"),
                *connection.execute("SELECT id, sha256, state FROM documents ORDER BY id"),
            ]
        return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()

    def documents(self) -> list[Document]:
        """All documents, by name."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT documents.*, COUNT(passages.id) AS passages FROM documents"
                " LEFT JOIN passages ON passages.document = documents.id"
                " GROUP BY documents.id ORDER BY name, documents.id"
            ).fetchall()
        return [Document(**dict(row)) for row in rows]

    def source_of(self, digest: str) -> Path | None:
        """The file whose document has this content, searchable or on its way."""
        with self._connect() as connection:
            query = "SELECT source FROM documents WHERE sha256 = ? AND state != 'failed'"
            row = connection.execute(query, (digest,)).fetchone()
        return Path(row[0]) if row else None

    def move(self, digest: str, path: Path) -> None:
        """Let the document of this content belong to another file."""
        with self._connect() as connection:
            connection.execute(
                "UPDATE documents SET source = ?, name = ? WHERE sha256 = ? AND state != 'failed'",
                (str(path), path.name, digest),
            )
            _next_generation(connection)

    def drop_unfinished(self, path: Path, *, apart_from: str) -> None:
        """Forget what a run that was cut short had read of a file that has changed since."""
        with self._connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE source = ? AND state = 'parsed' AND sha256 != ?",
                (str(path), apart_from),
            )

    def ids_of(self, document: int) -> set[str]:
        """The ids of one document's passages that are to be searched."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT id FROM passages WHERE document = ? AND NOT is_reference", (document,)
            )
            return {str(row[0]) for row in rows}

    def passage_ids(self) -> set[str]:
        """The ids of all passages, of documents ready or not."""
        with self._connect() as connection:
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
        with self._connect() as connection:
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
        with self._connect() as connection:
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
        with self._connect() as connection:
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

    def set_ready(self, document: int) -> None:
        """Let searches see a document, in place of all earlier ones from its file."""
        with self._connect() as connection:
            connection.execute(
                "DELETE FROM documents WHERE id != ? AND source ="
                " (SELECT source FROM documents WHERE id = ?)",
                (document, document),
            )
            connection.execute(
                "UPDATE documents SET state = 'ready', error = NULL WHERE id = ?", (document,)
            )
            _next_generation(connection)

    def add_failed(self, path: Path, digest: str, error: str) -> None:
        """Note why a file could not be read; an earlier version that is ready stays."""
        with self._connect() as connection:
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
        with self._connect() as connection:
            connection.execute(
                "DELETE FROM headers WHERE document = (SELECT sha256 FROM documents WHERE id = ?)",
                (document,),
            )
            connection.execute("DELETE FROM documents WHERE id = ?", (document,))
            _next_generation(connection)


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


def _add_missing(connection: sqlite3.Connection) -> None:
    """Bring the tables of an older library up to date."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(documents)")}
    if "warning" not in columns:
        connection.execute("ALTER TABLE documents ADD COLUMN warning TEXT")
