"""--papers and --collection: a question asked of some papers alone."""

from pathlib import Path

import pytest

from retrieval.store.collections import Collections
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
from tests.ui.command.commands import QUESTION, assert_told, munheon, objects, printed


def searched(*options: object) -> set[str]:
    """The papers that a search finds passages of."""
    [record] = objects("search", "layers of attention", "--no-model", "--json", *options)
    return {passage["document"] for passage in record["passages"]}


def id_of(home: Path, name: str) -> int:
    return next(one.id for one in Library(home).list_documents() if one.name == name)


def test_papers_are_named_one_by_one_or_between_commas(openai: FakeOpenAI, home: Path):
    two = {"solar.pdf", "gemma.pdf"}

    assert searched("--papers", "solar.pdf") == {"solar.pdf"}
    assert searched("--papers", id_of(home, "gemma.pdf")) == {"gemma.pdf"}
    assert searched("--papers", "solar.pdf", "--papers", "gemma.pdf") == two
    assert searched("--papers", f"solar.pdf, {id_of(home, 'gemma.pdf')},") == two
    assert len(searched()) == 3


def test_a_name_may_hold_a_comma(openai: FakeOpenAI, home: Path, tmp_path: Path):
    printed("index", make_pdf(tmp_path / "tides, and more.pdf", "Tides follow the moon."))

    assert searched("--papers", "tides, and more.pdf") == {"tides, and more.pdf"}


def test_a_collection_and_papers_add_up(openai: FakeOpenAI, home: Path):
    collections = Collections(Library(home), "ana")
    collections.add_papers(collections.make("깊은 논문"), [id_of(home, "solar.pdf")])
    collections.make("빈 모음")

    assert searched("--collection", "깊은 논문") == {"solar.pdf"}
    both = searched("--collection", "깊은 논문", "--papers", "gemma.pdf")
    assert both == {"solar.pdf", "gemma.pdf"}
    assert searched("--collection", "빈 모음") == set()


def test_an_answer_reads_these_papers_alone(openai: FakeOpenAI, home: Path):
    [record] = objects("ask", QUESTION, "--papers", "gemma.pdf", "--json")
    assert {one["document"] for one in record["passages"]} == {"gemma.pdf"}

    told = printed("ask", "라이브러리에 어떤 논문이 있나요?", "--papers", "gemma.pdf")
    assert "논문 1편이 있습니다" in told
    assert "SOLAR" not in told


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize("option", ["--papers", "--collection"])
@pytest.mark.parametrize("name", ["none.pdf", "", ",", "99", "solar.pdf,none.pdf"])
def test_what_is_not_there_is_told(
    openai: FakeOpenAI, home: Path, command: str, option: str, name: str
):
    assert_told(munheon(command, QUESTION, option, name), "없")
    assert openai.requests == []


@pytest.mark.parametrize("option", ["--papers", "--collection"])
def test_no_library_is_told_and_none_made(openai: FakeOpenAI, tmp_path: Path, option: str):
    assert_told(munheon("search", QUESTION, option, "a.pdf"), "munheon index")
    assert not (tmp_path / "data").exists()


def test_a_paper_that_could_not_be_read_is_none(openai: FakeOpenAI, home: Path, tmp_path: Path):
    (tmp_path / "broken.pdf").write_bytes(b"no PDF")
    munheon("index", tmp_path / "broken.pdf")

    assert_told(munheon("search", QUESTION, "--papers", "broken.pdf"), "broken.pdf")
