"""What one ledger takes over from another, whose place it takes."""

import sqlite3

# What is known of a document that was taken out; its passages were made otherwise.
REMEMBERED = "id, sha256, source, name, title, given_title, removed, owner, authors, year, arxiv, added, state"


def begin_ledger(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let a ledger that is begun have another one's headers, and ids that it never gave."""
    new.executemany(
        "INSERT INTO sqlite_sequence SELECT ?1, ?2"
        " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        map(tuple, old.execute("SELECT name, seq FROM sqlite_sequence")),
    )
    new.executemany(
        "INSERT OR IGNORE INTO headers VALUES (?, ?, ?, ?, ?)",
        map(tuple, old.execute("SELECT * FROM headers")),
    )


def hand_over(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let a ledger know which titles readers gave, when papers were added, and what was taken out.

    Of what was taken out it has the original alone.
    """
    titles = old.execute(
        "SELECT given_title, source, owner FROM documents WHERE state != 'removed'"
    )
    new.executemany(
        "UPDATE documents SET given_title = ? WHERE source = ? AND owner = ?", map(tuple, titles)
    )
    days = old.execute(
        "SELECT added, sha256, owner FROM documents WHERE state NOT IN ('new', 'failed', 'removed')"
    )
    new.executemany(
        "UPDATE documents SET added = ? WHERE sha256 = ? AND owner = ?", map(tuple, days)
    )
    removed = old.execute(f"SELECT {REMEMBERED} FROM documents WHERE state = 'removed'")
    new.executemany(
        f"INSERT OR REPLACE INTO documents ({REMEMBERED})"
        f" VALUES ({', '.join('?' * len(REMEMBERED.split(',')))})",
        map(tuple, removed),
    )
