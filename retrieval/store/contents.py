"""What a library holds: its documents and passages, as they are read from library.db."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from retrieval.passages import LibraryPaper, Passage, join_searched_text
from retrieval.sources import Source, keep_source, read_source
from retrieval.store.database import LEFT_COLLECTION, SPEED, Database
from retrieval.store.documents import Document
from retrieval.store.schema import SEARCHABLE, State
from retrieval.tables import tables_from_json

Version = tuple[str, int]
"""Of what a search may find: the name of the library's vectors, and how often it has changed."""

HeaderKey = tuple[str, str, str, str]
"""Of a kept header: the SHA-256 of its document and of its passage's text, the prompt, the model."""


@dataclass(frozen=True)
class Standing:
    """Where a file or address is known: its document, and how far that is."""

    id: int
    state: State
    source: Source


class LibraryContents(Database):
    """The documents and passages of one library folder, to be read."""

    def read_generation(self) -> int:
        """A number that grows whenever what a search may find has changed."""
        return int(self.read_setting("generation") or 0)

    def read_version(self) -> Version:
        """What tells the library from what it was, and from another in its place."""
        return self.vector_collection_name(), self.read_generation()

    def read_state_key(self) -> str:
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

    def read_header_keys(self) -> set[HeaderKey]:
        """Which headers by a chat model are kept."""
        with self.connect() as connection:
            rows = connection.execute("SELECT document, passage, prompt, model FROM headers")
            return {(row["document"], row["passage"], row["prompt"], row["model"]) for row in rows}

    def list_documents(self) -> list[Document]:
        """All documents, by name, but for those that were taken out."""
        return self._query_documents("state != 'removed'")

    def list_removed(self) -> list[Document]:
        """The documents that were taken out and can be brought back, the last one first."""
        found = self._query_documents("state = 'removed'")
        return sorted(found, key=lambda one: -(one.removed or 0))

    def _query_documents(self, where: str) -> list[Document]:
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT documents.*, COUNT(passages.id) AS passages,"
                " COUNT(reason) AS unembedded, MIN(reason) AS unembedded_reason FROM documents"
                " LEFT JOIN passages ON passages.document = documents.id"
                " LEFT JOIN unembedded ON unembedded.passage = passages.id"
                f" WHERE {where} GROUP BY documents.id ORDER BY name, documents.id"
            ).fetchall()
        return [
            Document(**{**dict(row), "authors": tuple(json.loads(row["authors"]))}) for row in rows
        ]

    def find_source(self, digest: str, *, owner: str = "") -> Source | None:
        """The file or address whose document has this content, searchable or on its way.

        Of a document of the owner's, else of one of everybody's; those of others are none.
        """
        with self.connect() as connection:
            query = (
                "SELECT source FROM documents WHERE sha256 = ? AND owner IN ('', ?)"
                " AND state NOT IN ('new', 'failed', 'removed') ORDER BY owner DESC"
            )
            row = connection.execute(query, (digest, owner)).fetchone()
        return read_source(row[0]) if row else None

    def find_standing(self, source: Source, digest: str, *, owner: str = "") -> Standing | None:
        """The document of this source or content that its owner sees: his own first, and what is ready."""
        with self.connect() as connection:
            row = connection.execute(
                "SELECT id, state, source, name FROM documents WHERE owner IN ('', ?1)"
                " AND state != 'removed' AND ((source = ?2 AND owner = ?1) OR sha256 = ?3)"
                " ORDER BY owner DESC, state != 'ready', source != ?2, id DESC LIMIT 1",
                (owner, keep_source(source), digest),
            ).fetchone()
        return Standing(row[0], row[1], read_source(row[2], row[3])) if row else None

    def is_visible(self, digest: str, user: str) -> bool:
        """Whether a content was read for a user or for everybody, be it taken out since."""
        with self.connect() as connection:
            row = connection.execute(
                "SELECT 1 FROM documents WHERE sha256 = ? AND owner IN ('', ?)"
                " AND state NOT IN ('new', 'failed')",
                (digest, user),
            ).fetchone()
        return row is not None

    def list_ready(self) -> dict[int, str]:
        """The documents that can be searched: the SHA-256 of each by its id."""
        with self.connect() as connection:
            rows = connection.execute("SELECT id, sha256 FROM documents WHERE state = 'ready'")
            return {id: digest for id, digest in rows}

    def list_visible_ids(self, user: str) -> list[int]:
        """The documents that a user may see: his own and everybody's; of two copies his own."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT id FROM documents WHERE state != 'removed' AND (owner = ?1"
                " OR (owner = '' AND sha256 NOT IN"
                " (SELECT sha256 FROM documents WHERE owner = ?1 AND state = 'ready'))) ORDER BY id",
                (user,),
            )
            return [row[0] for row in rows]

    def list_searched_ids(self, document: int) -> set[str]:
        """The ids of one document's passages that are to be searched."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT id FROM passages WHERE document = ? AND NOT is_reference", (document,)
            )
            return {str(row[0]) for row in rows}

    def list_passage_ids(self) -> set[str]:
        """The ids of all passages, of documents ready or not; of none that was taken out."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT passages.id FROM passages JOIN documents ON documents.id = document"
                " WHERE state != 'removed'"
            )
            return {str(row[0]) for row in rows}

    def list_titles(self) -> list[str]:
        """The titles of all documents that can be searched."""
        return list(self.read_titles().values())

    def read_titles(self) -> dict[int, str]:
        """The same by the documents' ids."""
        return {
            document.id: document.shown_title
            for document in self.list_documents()
            if document.state == "ready"
        }

    def list_searched_ids_of(self, papers: Collection[int]) -> list[int]:
        """The ids of the passages of these documents that searches may find, in order."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT passages.id FROM passages JOIN documents ON documents.id = passages.document"
                f" WHERE {SEARCHABLE} AND documents.id IN (SELECT value FROM json_each(?))"
                " ORDER BY passages.id",
                (json.dumps(sorted(papers)),),
            )
            return [row[0] for row in rows]

    def list_passages(self) -> list[Passage]:
        """What searches see: no list of references, of the documents that are ready, in order."""
        return self._query_passages(SEARCHABLE, ())

    def iterate_searched_texts(self) -> Iterator[tuple[int, str]]:
        """(id, what the search legs see) of the same passages, one after the other."""
        with self.connect() as connection:
            for id, header, context, text in connection.execute(
                "SELECT passages.id, header, COALESCE(context, ''), text"
                " FROM passages JOIN documents ON documents.id = passages.document"
                " LEFT JOIN contexts ON contexts.passage = passages.id"
                f" WHERE {SEARCHABLE} ORDER BY document, position"
            ):
                yield id, join_searched_text(header, context, text)

    def list_papers(self) -> list[LibraryPaper]:
        """The papers that can be searched, by name."""
        with self.connect() as connection:
            rows = connection.execute("SELECT document, id FROM passages WHERE position = 0")
            begins = {document: str(id) for document, id in rows}
        firsts = {
            passage.id: passage
            for passage in self._query_passages(f"{SEARCHABLE} AND position = 0", ())
        }
        return [
            LibraryPaper(
                id=document.id,
                sha256=document.sha256,
                document=document.name,
                title=document.given_title or document.title,
                pages=document.pages,
                first=firsts.get(begins.get(document.id, "")),
                authors=document.authors,
            )
            for document in self.list_documents()
            if document.state == "ready"
        ]

    def read_passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Passages by their ids; one that is gone is left out."""
        marks = ", ".join("?" * len(ids))
        found = self._query_passages(
            f"{SEARCHABLE} AND passages.id IN ({marks})", tuple(int(id) for id in ids)
        )
        return {passage.id: passage for passage in found}

    def list_passages_of_document(self, document: int) -> list[Passage]:
        """The passages of one document, ready or not, without its list of references."""
        return self._query_passages("documents.id = ? AND NOT is_reference", (document,))

    def _query_passages(self, where: str, values: tuple[int, ...]) -> list[Passage]:
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT passages.id, sha256, name, COALESCE(given_title, title) AS title, header,"
                " section, text, page_starts, tables, COALESCE(context, '') AS context"
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
