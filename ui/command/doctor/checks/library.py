"""Checks of what is kept: the library's ledger and documents, and every other database."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from language.catalogue import write_text
from models.connect.choose import choose_embedding
from retrieval.ingest.ledger import CHUNKING
from retrieval.store.contents import Document
from retrieval.store.library import Library
from retrieval.store.successor import open_successor
from ui.command.doctor.checks.home import is_locked
from ui.command.doctor.checks.turns import take_turn
from ui.command.doctor.finding import Finding, Subject

LEDGER = "library.db"
# A database may be in use for a moment.
BUSY_SECONDS = 5.0
# Documents that are named; of more their number is told.
NAMED = 5


@take_turn
def check_databases(subject: Subject) -> Iterator[Finding]:
    """Whether SQLite finds every database of the folder whole."""
    paths = sorted(subject.settings.home.glob("*.db"))
    whole = []
    for path in paths:
        try:
            damage = _find_damage(path)
        except sqlite3.OperationalError as error:  # locked, or not ours: what is in it may be whole
            told = write_text("doctor.database_shut", name=path.name, error=error)
            yield Finding("error", told, write_text("doctor.shut_remedy"))
            continue
        if damage:
            remedy = "doctor.ledger_remedy" if path.name == LEDGER else "doctor.database_remedy"
            told = write_text("doctor.database_damaged", name=path.name, error=damage)
            yield Finding("error", told, write_text(remedy, path=path))
        else:
            whole.append(path.name)
    if len(whole) == len(paths):
        names = ", ".join(whole)
        yield Finding("ok", names or write_text("doctor.database_none"))


def _find_damage(path: Path) -> str:
    """What SQLite finds wrong with a file; nothing where it is whole. OperationalError: it cannot look."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=BUSY_SECONDS, uri=True)
        ) as connection:
            [told] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if told == "ok" else " ".join(str(told).split())


@take_turn
def check_documents(subject: Subject) -> Iterator[Finding]:
    """How many documents can be searched, which failed, and which a run has left half done."""
    library = Library(subject.settings.home)
    documents = library.list_documents() if library.exists() else []
    ready = [one for one in documents if one.state == "ready"]
    if not documents:
        yield Finding(
            "warning", write_text("doctor.no_documents"), write_text("doctor.index_remedy")
        )
    elif ready:
        passages = sum(one.passages for one in ready)
        yield Finding("ok", write_text("doctor.ready", count=len(ready), passages=passages))
    yield from _find_lacking(documents)
    if not is_locked(library.home):
        yield from _find_broken_off(library, documents)


def _find_lacking(documents: Sequence[Document]) -> Iterator[Finding]:
    failed = [one.name for one in documents if one.state == "failed"]
    lacking = [one.name for one in documents if one.unembedded]
    remedy = write_text("doctor.retry_remedy")
    if failed:
        yield Finding("warning", write_text("doctor.failed", names=_name_some(failed)), remedy)
    if lacking:
        yield Finding("warning", write_text("doctor.unembedded", names=_name_some(lacking)), remedy)


def _find_broken_off(library: Library, documents: Sequence[Document]) -> Iterator[Finding]:
    """What a run has left half done that nobody is at."""
    unfinished = [one.name for one in documents if one.state in ("new", "parsed", "embedded")]
    if unfinished:
        told = write_text("doctor.unfinished", names=_name_some(unfinished))
        yield Finding("warning", told, write_text("doctor.unfinished_remedy"))
    if open_successor(library).exists():
        told = write_text("doctor.rebuild_unfinished")
        yield Finding("warning", told, write_text("doctor.rebuild_remedy"))


@take_turn
def check_made_with(subject: Subject) -> Iterator[Finding]:
    """Whether the library was made with the embedding model and the chunking of today."""
    library = Library(subject.settings.home)
    if not library.exists():
        return
    embedding = str(choose_embedding(subject.settings.embedding_model))
    library.check_settings(embedding=embedding, chunking=CHUNKING)
    yield Finding("ok", write_text("doctor.made_alike", embedding=embedding))


def _name_some(names: Sequence[str]) -> str:
    """How many there are, and the first of their names."""
    return f"{len(names)} ({', '.join(names[:NAMED])}{', …' if len(names) > NAMED else ''})"
