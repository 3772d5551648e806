"""An older library's tables get what newer ones have."""

import sqlite3
from pathlib import Path

from retrieval.store.collections import Collections
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
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, position INTEGER NOT NULL,
    header TEXT NOT NULL, text TEXT NOT NULL, page_starts TEXT NOT NULL, tokens INTEGER NOT NULL,
    section TEXT NOT NULL DEFAULT '', is_reference INTEGER NOT NULL DEFAULT 0
);
INSERT INTO passages (document, position, header, text, page_starts, tokens)
VALUES (1, 0, '', 'Model' || char(9) || 'Layers' || char(9) || 'Heads' || char(10)
    || 'SOLAR' || char(9) || '48' || char(9) || '32', '[[0, 3]]', 9);
"""


def test_an_older_library_opens_with_all_it_held(tmp_path: Path):
    old = sqlite3.connect(tmp_path / "library.db")
    old.executescript(OLD)
    old.close()
    library = Library(tmp_path)

    [document] = library.list_documents()

    assert (document.name, document.state, document.warning) == ("solar.pdf", "ready", None)
    assert library.list_visible_ids("anybody") == [document.id]
    collections = Collections(library)
    collections.add_papers(made := collections.make("old"), [document.id])
    assert collections.list_papers(made) == [document.id]
    library.expect_files({Path("/new.pdf"): "cd"})  # a state that it did not know
    assert [one.state for one in library.list_documents()] == ["new", "ready"]


def test_the_tables_of_an_older_library_are_found_once(tmp_path: Path):
    old = sqlite3.connect(tmp_path / "library.db")
    old.executescript(OLD)
    old.close()

    [passage] = Library(tmp_path).list_passages()
    [again] = Library(tmp_path).list_passages()

    assert passage.tables[0].rows[0].cells == (("Layers", "48"), ("Heads", "32"))
    assert again == passage
