"""Documents that were taken out: no search or list sees them, and for a week they can come back.

All that was made of one stays in the library, so that no model is asked when it returns.
"""

import time
from datetime import datetime

from retrieval.store.contents import Document
from retrieval.store.library import Library, raise_generation


def list_restorable(library: Library) -> list[Document]:
    """The documents that were taken out and can be brought back, the last one first."""
    return [one for one in library.list_removed() if one.kept_until > datetime.now()]


def find_restorable(library: Library, digest: str, *, owner: str = "") -> Document | None:
    """The owner's document of this content that was taken out with all that was made of it."""
    found = (
        one
        for one in list_restorable(library)
        if one.sha256 == digest and one.owner == owner and one.passages
    )
    return next(found, None)


def mark_removed(library: Library, *documents: int) -> None:
    """Take documents out of all searches and lists, from one moment to the next.

    Of a file that was never read there is nothing to keep.
    """
    ids = [(document,) for document in documents]
    with library.connect() as connection:
        connection.executemany(
            "DELETE FROM documents WHERE id = ? AND state IN ('new', 'failed')", ids
        )
        connection.executemany(
            "UPDATE documents SET state = 'removed', removed = ? WHERE id = ?",
            [(time.time(), *id) for id in ids],
        )
        raise_generation(connection)


def unmark_removed(library: Library, document: Document, *, source: str, name: str) -> None:
    """Let a document be on its way again, as the content of a file; no search sees it yet."""
    lacking = count_lacking(library, document)
    with library.connect() as connection:
        connection.execute(
            "UPDATE documents SET state = ?, removed = NULL, source = ?, name = ? WHERE id = ?",
            ("parsed" if lacking else "embedded", source, name, document.id),
        )


def count_lacking(library: Library, document: Document) -> int:
    """How many of a document's passages wait for the embedding model."""
    with library.connect() as connection:
        row = connection.execute(
            "SELECT COUNT(*) FROM passages WHERE document = ? AND NOT is_reference"
            " AND id NOT IN (SELECT passage FROM windows)"
            " AND id NOT IN (SELECT passage FROM unembedded)",
            (document.id,),
        ).fetchone()
    return int(row[0])


def sweep_trash(library: Library) -> None:
    """Forget for good what was taken out a week ago, and its files with it."""
    listed = library.list_removed()
    due = [one for one in listed if one.kept_until <= datetime.now()]
    kept = {one.sha256 for one in (*library.list_documents(), *listed) if one not in due}
    gone = [one.sha256 for one in due if one.sha256 not in kept]
    for digest in gone:  # the files first: what is listed can be swept again
        library.original_path(digest).unlink(missing_ok=True)
    with library.connect() as connection:
        connection.executemany(
            "DELETE FROM headers WHERE document = ?", [(digest,) for digest in gone]
        )
        connection.executemany("DELETE FROM documents WHERE id = ?", [(one.id,) for one in due])
