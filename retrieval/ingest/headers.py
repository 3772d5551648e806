"""Headers by a chat model that has read the paper: each is kept as it comes, and asked for once."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from retrieval.ingest.readings import HeaderReading, plan_readings
from retrieval.passages import Passage
from retrieval.store.documents import Document
from retrieval.store.library import Library

Keep = Callable[[Passage, str], None]


@dataclass(frozen=True)
class MissingHeader:
    """A passage that got no header, and why."""

    passage: Passage
    reason: str


@dataclass(frozen=True, kw_only=True)
class HeaderResult:
    """What became of the headers of one document."""

    written: int
    unwritten: Sequence[MissingHeader]


class HeaderWriter(Protocol):
    """Writes a header for each passage of what it reads."""

    @property
    def prompt(self) -> str:
        """The version of its instructions."""

    @property
    def model(self) -> str:
        """The name of its model."""

    @property
    def window(self) -> int:
        """How many tokens its model can read."""

    def write_headers(
        self, readings: Sequence[HeaderReading], keep: Keep
    ) -> Sequence[MissingHeader]:
        """Hand each header over as it comes; what is left without one comes back.

        A fault that no further call can mend is raised when all that was under way is kept.
        """


def write_headers(
    documents: Sequence[Document],
    *,
    library: Library,
    writer: HeaderWriter,
    progress: Callable[[int, int, str], None],
) -> dict[str, HeaderResult]:
    """Give passages without a written header one; what became of each document, by its source.

    `progress` is told how many headers are there of how many, and the document in hand.
    """
    papers = {document.id: library.list_passages_of_document(document.id) for document in documents}
    total = sum(map(len, papers.values()))
    outcomes: dict[str, HeaderResult] = {}
    with library.connect() as connection:
        # Nothing is lost when the process is killed; to be safe from a power cut would cost 10 ms each.
        connection.execute("PRAGMA synchronous = NORMAL")
        kept = _KeptHeaders(connection, writer)
        wanted = [
            reading
            for document in documents
            for reading in _find_missing_headers(
                papers[document.id], kept.read_headers(document.sha256), writer.window
            )
        ]
        done = total - sum(len(reading.passages) for reading in wanted)
        progress(done, total, "")

        def keep(passage: Passage, text: str) -> None:
            nonlocal done
            kept.keep_header(passage, text)
            done += 1
            progress(done, total, passage.document)

        failed = writer.write_headers(wanted, keep)
        for document in documents:
            written = _apply_headers(connection, document, papers[document.id], kept)
            left = [one for one in failed if one.passage.sha256 == document.sha256]
            outcomes[document.source] = HeaderResult(written=written, unwritten=left)
    return outcomes


def is_contextual(library: Library) -> bool:
    """Whether a chat model wrote headers for the library before."""
    if not library.exists():
        return False
    with library.connect() as connection:
        return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM headers)").fetchone()[0])


def hash_text(passage: Passage) -> str:
    """The SHA-256 of a passage's text."""
    return sha256(passage.text.encode()).hexdigest()


def _find_missing_headers(
    passages: Sequence[Passage], written: Mapping[str, str], window: int
) -> list[HeaderReading]:
    """What has to be read for the passages without a header, and these alone."""
    wanted = {
        hash_text(passage): passage
        for passage in passages
        if not passage.context and hash_text(passage) not in written
    }
    ids = {passage.id for passage in wanted.values()}
    if not ids:
        return []
    left = [
        HeaderReading(reading.text, [passage for passage in reading.passages if passage.id in ids])
        for reading in plan_readings(passages, window=window)
    ]
    return [reading for reading in left if reading.passages]


class _KeptHeaders:
    """The headers in library.db that one model wrote as one prompt told it."""

    def __init__(self, connection: sqlite3.Connection, writer: HeaderWriter) -> None:
        self._connection = connection
        self._by = (writer.prompt, writer.model)

    def read_headers(self, document: str) -> dict[str, str]:
        """The headers for a document's passages, by the passage's SHA-256."""
        rows = self._connection.execute(
            "SELECT passage, text FROM headers WHERE document = ? AND prompt = ? AND model = ?",
            (document, *self._by),
        ).fetchall()
        return {row["passage"]: row["text"] for row in rows}

    def keep_header(self, passage: Passage, text: str) -> None:
        """Keep a header for good."""
        self._connection.execute(
            "INSERT OR REPLACE INTO headers VALUES (?, ?, ?, ?, ?)",
            (passage.sha256, hash_text(passage), *self._by, text),
        )
        self._connection.commit()


def _apply_headers(
    connection: sqlite3.Connection,
    document: Document,
    passages: Sequence[Passage],
    kept: _KeptHeaders,
) -> int:
    """Let passages carry the headers kept for them; how many got one.

    A document that is searched takes its own place once more, when all of it is ready.
    """
    headers = kept.read_headers(document.sha256)
    contexts = {
        passage.id: headers[hash_text(passage)]
        for passage in passages
        if not passage.context and hash_text(passage) in headers
    }
    ids = {passage: int(passage) for passage in contexts}
    if contexts and document.state == "ready":
        ids = _copy_document(connection, document.id)
    connection.executemany(
        "INSERT INTO contexts VALUES (?, ?)",
        [(ids[passage], text) for passage, text in contexts.items()],
    )
    connection.commit()
    return len(contexts)


def _copy_document(connection: sqlite3.Connection, document: int) -> dict[str, int]:
    """Bring a document on its way once more; its passages' new ids, by the old ones."""
    [row] = connection.execute("SELECT * FROM documents WHERE id = ?", (document,))
    copy = _insert_copy(connection, "documents", {**dict(row), "state": "parsed"})
    rows = connection.execute("SELECT * FROM passages WHERE document = ?", (document,)).fetchall()
    ids = {
        str(row["id"]): _insert_copy(connection, "passages", {**dict(row), "document": copy})
        for row in rows
    }
    connection.executemany(
        "INSERT INTO contexts SELECT ?, context FROM contexts WHERE passage = ?",
        [(new, int(old)) for old, new in ids.items()],
    )
    return ids


def _insert_copy(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Add a row like another one, under a new id."""
    del row["id"]
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
