"""A paper from an address is somebody's, goes to the trash and comes back as one from a file does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.settings import Settings
from indexing.run import index_again, index_paths, rebuild_library, retry_failed
from indexing.upkeep import list_removed, remove_documents, restore_documents
from retrieval.ingest.naming import find_document
from retrieval.sources import WebAddress
from retrieval.store.documents import Document
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.retrieval.fetching.paper_server import PaperServer, play_internet, send
from tests.samples import make_pdf

RIVERS = WebAddress("http://8.8.8.8/rivers.pdf")
FRONT = "Deep Rivers\nAnn Lee, Bob Ray\nAbstract\nText.\nCopyright © 2009 ACM"
DAY = "2020-01-01T00:00:00+00:00"


@pytest.fixture
def server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, openai: FakeOpenAI
) -> Iterator[PaperServer]:
    """An internet with one paper."""
    paper = make_pdf(tmp_path / "served.pdf", FRONT, title="Deep Rivers")
    with play_internet(monkeypatch) as server:
        server.treatments[RIVERS.url] = send(200, paper.read_bytes())
        yield server


@pytest.fixture
def rivers(server: PaperServer, settings: Settings) -> Document:
    """Ana's paper, added long ago."""
    index_paths(settings, [RIVERS], owner="ana")
    with Library(settings.home).connect() as connection:
        connection.execute("UPDATE documents SET added = ?", (DAY,))
    return only_document(settings)


def only_document(settings: Settings) -> Document:
    [document] = Library(settings.home).list_documents()
    return document


def described(document: Document) -> tuple[object, ...]:
    """What has to stay of a document, whatever becomes of its passages."""
    return (
        *(document.source, document.name, document.owner, document.state),
        *(document.authors, document.year, document.added),
    )


def test_it_is_known_by_all_that_was_read(rivers: Document):
    assert described(rivers) == (
        *(RIVERS.url, "rivers.pdf", "ana", "ready"),
        *(("Ann Lee", "Bob Ray"), 2009, DAY),
    )
    assert rivers.origin == RIVERS


def test_it_comes_back_as_it_was(settings: Settings, rivers: Document):
    remove_documents(settings, [rivers])
    assert not Library(settings.home).list_documents()

    restore_documents(settings, list_removed(settings))

    assert described(only_document(settings)) == described(rivers)


def test_it_comes_back_when_it_is_indexed(
    server: PaperServer, settings: Settings, rivers: Document
):
    remove_documents(settings, [rivers])

    [result] = index_paths(settings, [RIVERS], owner="ana")

    assert result.is_restored
    assert described(only_document(settings)) == described(rivers)
    assert len(server.asked) == 2  # it may have changed since


def test_it_outlives_a_rebuild(server: PaperServer, settings: Settings, rivers: Document):
    rebuild_library(settings)

    assert described(only_document(settings)) == described(rivers)
    assert len(server.asked) == 1


def test_it_comes_back_after_a_rebuild(
    server: PaperServer, settings: Settings, tmp_path: Path, rivers: Document
):
    index_paths(settings, [make_pdf(tmp_path / "other.pdf", "Tides follow the moon.")])
    remove_documents(settings, [rivers])
    rebuild_library(settings)
    [removed] = list_removed(settings)
    assert described(removed) == (*described(rivers)[:3], "removed", *described(rivers)[4:])

    restore_documents(settings, [removed])

    restored = find_document(Library(settings.home).list_documents(), "rivers.pdf")
    assert described(restored) == described(rivers)
    assert len(server.asked) == 1


def test_it_is_indexed_again_from_what_is_kept(
    server: PaperServer, settings: Settings, rivers: Document
):
    [result] = index_again(settings, rivers)

    assert (result.path, result.outcome) == (RIVERS, "indexed")
    assert described(only_document(settings)) == described(rivers)
    assert len(server.asked) == 1


def test_it_is_fetched_again_where_its_original_is_gone(
    server: PaperServer, settings: Settings, rivers: Document
):
    original = Library(settings.home).original_path(rivers.sha256)
    original.unlink()

    [result] = index_again(settings, rivers)

    assert (result.path, result.outcome) == (RIVERS, "indexed")
    assert described(only_document(settings)) == described(rivers)
    assert original.exists()
    assert len(server.asked) == 2


def test_it_stays_where_it_cannot_be_fetched_again(
    server: PaperServer, settings: Settings, rivers: Document
):
    Library(settings.home).original_path(rivers.sha256).unlink()
    server.treatments[RIVERS.url] = send(404, b"")

    [result] = index_again(settings, rivers)

    assert result.outcome == "failed"
    assert described(only_document(settings)) == described(rivers)


def test_what_failed_is_fetched_again_for_its_owner(server: PaperServer, settings: Settings):
    works = server.treatments[RIVERS.url]
    server.treatments[RIVERS.url] = send(200, b"%PDF-1.7 and nothing else")
    index_paths(settings, [RIVERS], owner="ana")
    server.treatments[RIVERS.url] = works

    [result] = retry_failed(settings)

    assert result.outcome == "indexed"
    assert only_document(settings).owner == "ana"


def test_nobody_learns_of_the_paper_of_another(
    server: PaperServer, settings: Settings, rivers: Document
):
    [result] = index_paths(settings, [RIVERS], owner="ben")

    assert result.outcome == "indexed"
    assert len(server.asked) == 2
    documents = Library(settings.home).list_documents()
    assert sorted(one.owner for one in documents) == ["ana", "ben"]


def test_a_paper_of_everybody_is_not_asked_for_again(server: PaperServer, settings: Settings):
    index_paths(settings, [RIVERS])

    [result] = index_paths(settings, [RIVERS], owner="ana")

    assert result.outcome == "unchanged"
    assert len(server.asked) == 1
    assert only_document(settings).owner == ""


def test_a_file_that_is_gone_becomes_the_address_of_its_content(
    server: PaperServer, settings: Settings, tmp_path: Path
):
    served = tmp_path / "served.pdf"
    index_paths(settings, [served], owner="ana")
    served.unlink()

    index_paths(settings, [RIVERS], owner="ana")

    moved = only_document(settings)
    assert (moved.origin, moved.name, moved.authors) == (
        RIVERS,
        "rivers.pdf",
        ("Ann Lee", "Bob Ray"),
    )


def test_a_name_of_korean_windows_goes_beside_an_address(
    server: PaperServer, settings: Settings, tmp_path: Path
):
    older = tmp_path / os.fsdecode("한글 논문.pdf".encode("cp949"))
    make_pdf(tmp_path / "a.pdf", "Older words.").rename(older)

    for outcome in ("indexed", "unchanged"):
        results = index_paths(settings, [older, RIVERS], owner="ana")
        assert {one.outcome for one in results} == {outcome}
        assert {one.path for one in results} == {older, RIVERS}

    documents = Library(settings.home).list_documents()
    assert {one.origin: one.name for one in documents} == {
        older: "한글 논문.pdf",
        RIVERS: "rivers.pdf",
    }
    assert find_document(documents, str(older)).origin == older
    assert find_document(documents, f"{RIVERS.url}#page=2").origin == RIVERS
