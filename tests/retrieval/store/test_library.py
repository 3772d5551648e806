"""The library: what is in it, and what of it a search may see."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from retrieval.errors import UserError
from retrieval.parsing.chunks import Chunk
from retrieval.store.library import Library
from retrieval.store.originals import hash_file
from retrieval.store.schema import SCHEMA
from retrieval.store.trash import mark_removed


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def chunk(text: str, page: int = 1, **fields: Any) -> Chunk:
    return Chunk(text=text, page_starts=((0, page),), tokens=10, new_tokens=8, **fields)


def add(library: Library, tmp_path: Path, *texts: str, name: str = "a.pdf") -> int:
    """A parsed document with these passages, from a file of that name."""
    path = tmp_path / name
    path.write_text("\n".join(texts))
    return library.add_parsed(
        path,
        hash_file(path),
        title=f"Title of {name}",
        pages=len(texts),
        chunks=[chunk(text, page) for page, text in enumerate(texts, start=1)],
    )


def texts(library: Library) -> list[str]:
    return [passage.text for passage in library.list_passages()]


def test_nothing_was_indexed_before_the_first_document(library: Library, tmp_path: Path):
    assert not library.exists()
    add(library, tmp_path, "One.")
    assert library.exists()


def test_a_document_is_found_only_when_it_is_ready(library: Library, tmp_path: Path):
    document = add(library, tmp_path, "One.", "Two.")

    assert texts(library) == library.list_titles() == []
    assert [passage.text for passage in library.list_passages_of_document(document)] == [
        "One.",
        "Two.",
    ]

    library.set_ready(document)

    assert texts(library) == ["One.", "Two."]
    assert library.list_titles() == ["Title of a.pdf"]


def test_a_document_is_told_whole(library: Library, tmp_path: Path):
    document = add(library, tmp_path, "One.", "Two.")

    [told] = library.list_documents()

    assert (told.id, told.name, told.title) == (document, "a.pdf", "Title of a.pdf")
    assert (told.pages, told.passages, told.tokens) == (2, 2, 16)
    assert (told.state, told.error) == ("parsed", None)
    assert told.source == str(tmp_path / "a.pdf")


def test_passages_know_where_they_stand(library: Library, tmp_path: Path):
    library.set_ready(add(library, tmp_path, "One.", "Two."))

    passage = library.list_passages()[1]

    assert (passage.document, passage.title) == ("a.pdf", "Title of a.pdf")
    assert (passage.header, passage.pages) == ("Title of a.pdf", [2])
    assert passage.page_starts == [(0, 2)]
    assert passage.id in library.list_passage_ids()


def test_passages_are_headed_by_title_and_section(library: Library, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.touch()
    parts = [chunk("One."), chunk("Two.", section="3 Method > 3.1 Data")]
    library.set_ready(library.add_parsed(path, "1", title="Solar", pages=1, chunks=parts))

    first, second = library.list_passages()

    assert (first.header, first.section) == ("Solar", "")
    assert (second.header, second.section) == (
        "Solar > 3 Method > 3.1 Data",
        "3 Method > 3.1 Data",
    )


def test_the_list_of_references_is_kept_and_not_searched(library: Library, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.touch()
    parts = [chunk("One."), chunk("[1] Vaswani.", is_reference=True)]
    document = library.add_parsed(path, "1", title="", pages=1, chunks=parts)
    library.set_ready(document)

    assert texts(library) == ["One."]
    assert [passage.text for passage in library.list_passages_of_document(document)] == ["One."]
    assert len(library.list_passage_ids()) == 2


def test_a_new_version_replaces_the_old_one_at_once(library: Library, tmp_path: Path):
    library.set_ready(add(library, tmp_path, "Old."))

    new = add(library, tmp_path, "New.")
    assert texts(library) == ["Old."]

    library.set_ready(new)
    assert texts(library) == ["New."]
    assert len(library.list_documents()) == 1
    assert len(library.list_passage_ids()) == 1


def test_other_files_stay(library: Library, tmp_path: Path):
    library.set_ready(add(library, tmp_path, "One.", name="b.pdf"))
    library.set_ready(add(library, tmp_path, "Two.", name="a.pdf"))

    assert texts(library) == ["One.", "Two."]
    assert [document.name for document in library.list_documents()] == ["a.pdf", "b.pdf"]


def test_failures_are_kept_apart(library: Library, tmp_path: Path):
    library.set_ready(add(library, tmp_path, "Good."))
    bad = tmp_path / "bad.pdf"
    library.add_failed(bad, "123", "broken")
    library.add_failed(bad, "123", "still broken")

    failed = library.list_documents()[1]

    assert len(library.list_documents()) == 2
    assert (failed.name, failed.state, failed.error) == ("bad.pdf", "failed", "still broken")
    assert texts(library) == ["Good."]
    assert library.list_titles() == ["Title of a.pdf"]
    assert not library.find_source("123")


def test_a_version_that_fails_leaves_the_one_that_worked(library: Library, tmp_path: Path):
    library.set_ready(add(library, tmp_path, "Good."))

    library.add_failed(tmp_path / "a.pdf", "123", "broken")

    assert texts(library) == ["Good."]
    library.set_ready(add(library, tmp_path, "Mended."))
    assert [document.state for document in library.list_documents()] == ["ready"]


def test_content_is_known_by_its_digest(library: Library, tmp_path: Path):
    add(library, tmp_path, "One.")

    assert library.find_source(hash_file(tmp_path / "a.pdf"))
    assert not library.find_source("0" * 64)


def test_the_generation_grows_with_what_searches_may_find(library: Library, tmp_path: Path):
    generations = [library.read_generation()]
    document = add(library, tmp_path, "One.")
    assert library.read_generation() == generations[0]

    for change in (library.set_ready, partial(mark_removed, library)):
        change(document)
        generations.append(library.read_generation())

    assert generations == sorted(set(generations))
    assert texts(library) == []
    assert library.list_passage_ids() == set()


def test_a_document_without_title_goes_by_its_name(library: Library, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_text("x")
    library.set_ready(library.add_parsed(path, "1", title="", pages=1, chunks=[chunk("One.")]))

    assert library.list_titles() == ["a.pdf"]


def test_what_fails_midway_changes_nothing(library: Library, tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_text("x")
    parts = [chunk("One."), Chunk(text=None, page_starts=((0, 1),), tokens=1, new_tokens=1)]

    with pytest.raises(UserError):
        library.add_parsed(path, "1", title="", pages=1, chunks=parts)

    assert library.list_documents() == []
    assert library.list_passage_ids() == set()


def test_a_library_that_knew_fewer_states_goes_on(tmp_path: Path):
    old = SCHEMA.replace(
        "state TEXT NOT NULL", "state TEXT NOT NULL CHECK (state IN ('parsed', 'ready', 'failed'))"
    )
    connection = sqlite3.connect(tmp_path / "library.db")
    connection.executescript(old)
    connection.close()
    library = Library(tmp_path)

    library.expect_files({tmp_path / "new.pdf": "digest"})

    assert [one.state for one in library.list_documents()] == ["new"]


def test_an_emptied_file_is_told_and_not_written_over(tmp_path: Path):
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "a.pdf").touch()
    (tmp_path / "library.db").touch()

    with pytest.raises(UserError, match="비어 있습니다"):
        Library(tmp_path).list_documents()
    assert (tmp_path / "library.db").stat().st_size == 0
