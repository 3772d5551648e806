"""Papers are indexed from addresses as from files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.settings import Settings
from indexing.run import index_paths, plan_paths, rebuild_library, retry_failed
from retrieval.ingest.results import IndexResult
from retrieval.sources import WebAddress
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.retrieval.fetching.paper_server import PaperServer, play_internet, send
from tests.samples import make_pdf

SOLAR = WebAddress("http://8.8.8.8/solar.pdf")
ARXIV = WebAddress("https://arxiv.org/pdf/1706.03762", "1706.03762.pdf")


@pytest.fixture
def server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, openai: FakeOpenAI
) -> Iterator[PaperServer]:
    """An internet with one paper."""
    paper = make_pdf(tmp_path / "served.pdf", "SOLAR has 48 layers.", title="SOLAR 10.7B")
    with play_internet(monkeypatch) as server:
        server.treatments[SOLAR.url] = send(200, paper.read_bytes())
        yield server


def outcomes(results: list[IndexResult]) -> list[tuple[str, str]]:
    return [(one.path.name, one.outcome) for one in results]


def test_addresses_and_files_go_together(server: PaperServer, settings: Settings, tmp_path: Path):
    extra = make_pdf(tmp_path / "extra.pdf", "More words.")
    gone, private = WebAddress("http://8.8.8.8/gone"), WebAddress("http://10.0.0.1/a.pdf")
    told = []

    results = index_paths(settings, [gone, private, SOLAR, extra], progress=told.append)

    assert outcomes(results) == [
        ("gone", "failed"),
        ("a.pdf", "failed"),
        ("solar.pdf", "indexed"),
        ("extra.pdf", "indexed"),
    ]
    documents = Library(settings.home).list_documents()
    assert [(one.name, one.source) for one in documents] == [
        ("extra.pdf", str(extra)),
        ("solar.pdf", SOLAR.url),
    ]
    assert "fetching" in {one.step for one in told}


def test_an_address_that_is_there_costs_nothing(server: PaperServer, settings: Settings):
    index_paths(settings, [SOLAR])

    assert outcomes(index_paths(settings, [SOLAR])) == [("solar.pdf", "unchanged")]
    assert len(server.asked) == 1


def test_a_file_with_the_same_content_is_known(
    server: PaperServer, settings: Settings, tmp_path: Path
):
    index_paths(settings, [SOLAR])

    [result] = index_paths(settings, [tmp_path / "served.pdf"])

    assert (result.outcome, result.same_as) == ("unchanged", SOLAR)


def test_a_rebuild_keeps_the_address_and_the_day(server: PaperServer, settings: Settings):
    index_paths(settings, [SOLAR])
    library = Library(settings.home)
    with library.connect() as connection:
        connection.execute("UPDATE documents SET added = '2020-01-01T00:00:00+00:00'")

    rebuild_library(settings)

    [document] = library.list_documents()
    assert (document.source, document.name) == (SOLAR.url, "solar.pdf")
    assert document.added == "2020-01-01T00:00:00+00:00"
    assert len(server.asked) == 1


def test_what_failed_is_fetched_again(server: PaperServer, settings: Settings, tmp_path: Path):
    works = server.treatments[SOLAR.url]
    server.treatments[SOLAR.url] = send(200, b"%PDF-1.7 and nothing else")
    assert outcomes(index_paths(settings, [SOLAR])) == [("solar.pdf", "failed")]
    server.treatments[SOLAR.url] = works

    assert outcomes(retry_failed(settings)) == [("solar.pdf", "indexed")]


def test_a_plan_keeps_nothing(server: PaperServer, settings: Settings):
    [planned], _ = plan_paths(settings, [SOLAR])

    assert planned.outcome == "indexed"
    assert not Library(settings.home).exists()


def test_a_number_at_arxiv_tells_what_the_paper_does_not(
    server: PaperServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(
        "retrieval.ingest.fetched.fetch_paper",
        lambda *one, **given: (ARXIV, tmp_path / "served.pdf"),
    )

    index_paths(settings, [ARXIV])

    [document] = Library(settings.home).list_documents()
    assert (document.arxiv, document.year) == ("1706.03762", 2017)
