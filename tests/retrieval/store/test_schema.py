"""An older library's tables get what newer ones have."""

import sqlite3
from pathlib import Path

from retrieval.store.library import Library

OLD = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, source TEXT NOT NULL,
    name TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0,
    tokens INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('parsed', 'ready', 'failed')), error TEXT
);
INSERT INTO documents (sha256, source, name, state) VALUES ('ab', '/solar.pdf', 'solar.pdf', 'ready');
"""


def test_an_older_library_opens_with_all_it_held(tmp_path: Path):
    old = sqlite3.connect(tmp_path / "library.db")
    old.executescript(OLD)
    old.close()
    library = Library(tmp_path)

    [document] = library.documents()

    assert (document.name, document.state, document.warning) == ("solar.pdf", "ready", None)
    library.expect({Path("/new.pdf"): "cd"})  # a state that it did not know
    assert [one.state for one in library.documents()] == ["new", "ready"]
