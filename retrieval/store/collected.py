"""What collections hold stays in them while documents are replaced by newer ones, or all by a rebuild."""

import sqlite3

# The new document of an old one, by its owner, source and SHA-256: of the same file, else of the same
# content; the owner's, else everybody's.
SUCCESSOR = (
    "SELECT id FROM documents WHERE owner IN ('', ?1) AND (source = ?2 OR sha256 = ?3)"
    " ORDER BY state != 'ready', owner DESC, source != ?2 LIMIT 1"
)


def pass_on_collections(
    connection: sqlite3.Connection, old: str, values: tuple[object, ...], *, to: int | None
) -> None:
    """Put a document into the collections of those that it takes the place of.

    `old`: a query for the ids of these, with its `values`.
    """
    if to is not None:
        connection.execute(
            "INSERT OR IGNORE INTO collected SELECT collection, ? FROM collected"
            f" WHERE document IN ({old})",
            (to, *values),
        )


def copy_collections(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let a library have the collections of another, of the same papers under other ids."""
    collections = old.execute("SELECT id, owner, name FROM collections").fetchall()
    held = old.execute(
        "SELECT collection, owner, source, sha256 FROM collected"
        " JOIN documents ON documents.id = collected.document"
    ).fetchall()
    new.execute("DELETE FROM collections")
    new.executemany("INSERT INTO collections VALUES (?, ?, ?)", map(tuple, collections))
    for collection, *paper in held:
        new.execute(
            f"INSERT OR IGNORE INTO collected SELECT ?4, id FROM ({SUCCESSOR})",
            (*paper, collection),
        )
