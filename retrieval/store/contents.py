"""What a library holds: its documents and passages, as they are read from library.db."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from retrieval.passages import Passage, searched
from retrieval.store.database import LEFT_COLLECTION, SPEED, Database
from retrieval.store.schema import SEARCHABLE, State
from retrieval.tables import tables_from_json


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


class Contents(Database):
    """The documents and passages of one library folder, to be read."""

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
                "SELECT passages.id, sha256, name, title, header, section, text, page_starts, tables,"
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
                tables=tables_from_json(row["tables"]),
            )
            for row in rows
        ]
