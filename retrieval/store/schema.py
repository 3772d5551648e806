"""The tables of library.db, and the states that a document goes through."""

import sqlite3
from typing import Literal

State = Literal["new", "parsed", "embedded", "ready", "failed"]
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
    state TEXT NOT NULL,
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
CREATE TABLE IF NOT EXISTS windows (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    size INTEGER NOT NULL,
    vectors BLOB NOT NULL
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


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring the tables of an older library up to date."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(documents)")}
    if "warning" not in columns:
        connection.execute("ALTER TABLE documents ADD COLUMN warning TEXT")
