"""The tables of library.db, and the states that a document goes through."""

import sqlite3
from typing import Literal

from retrieval.parsing.tables import find_tables
from retrieval.tables import tables_to_json

State = Literal["new", "parsed", "embedded", "ready", "failed", "removed"]
# Which passages a search may find.
SEARCHABLE = "documents.state = 'ready' AND NOT is_reference"

# What documents of older libraries lack.
DOCUMENT_COLUMNS = {
    "warning": "TEXT",
    "given_title": "TEXT",
    "removed": "REAL",
    "owner": "TEXT NOT NULL DEFAULT ''",
}

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
    warning TEXT,
    given_title TEXT,
    removed REAL,
    owner TEXT NOT NULL DEFAULT ''
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
    is_reference INTEGER NOT NULL DEFAULT 0,
    tables TEXT NOT NULL DEFAULT '[]'
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
CREATE TABLE IF NOT EXISTS unembedded (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS headers (
    document TEXT NOT NULL,
    passage TEXT NOT NULL,
    prompt TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, passage, prompt, model)
);
CREATE TABLE IF NOT EXISTS collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (owner, name)
);
CREATE TABLE IF NOT EXISTS collected (
    collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (collection, document)
);
CREATE INDEX IF NOT EXISTS collected_by_document ON collected (document);
"""


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """Bring the tables of an older library up to date; other processes wait, and find it done."""
    if is_up_to_date(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for column in DOCUMENT_COLUMNS.keys() - _list_columns(connection, "documents"):
            kind = DOCUMENT_COLUMNS[column]
            connection.execute(f"ALTER TABLE documents ADD COLUMN {column} {kind}")
        if "tables" not in _list_columns(connection, "passages"):
            _add_tables(connection)


def is_up_to_date(connection: sqlite3.Connection) -> bool:
    """Whether the tables have all that documents and passages have today."""
    has_columns = DOCUMENT_COLUMNS.keys() <= _list_columns(connection, "documents")
    return has_columns and "tables" in _list_columns(connection, "passages")


def _list_columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}


def _add_tables(connection: sqlite3.Connection) -> None:
    """Find the tables of all passages."""
    connection.execute("ALTER TABLE passages ADD COLUMN tables TEXT NOT NULL DEFAULT '[]'")
    passages = connection.execute("SELECT id, text FROM passages").fetchall()
    found = ((tables_to_json(find_tables(text)), id) for id, text in passages)
    connection.executemany("UPDATE passages SET tables = ? WHERE id = ?", found)
