"""Which papers a model is asked for a question of, and that it is asked once."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.settings import Settings
from models.errors import NoModel
from retrieval.passages import Passage
from retrieval.store.library import Library
from retrieval.store.trash import mark_removed
from tests.ui.starters.shelves import WHOLE, add_paper, new_library
from ui.starters import queue
from ui.starters.queue import StarterQueue, asks_model
from ui.starters.written import FILE, WrittenQuestions


class Asks:
    """Asks about each paper by its title; nothing about the Moon."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    async def write_question(self, passages: Sequence[Passage]) -> str:
        self.titles.append(passages[0].title)
        return "" if "Moon" in passages[0].title else f"{passages[0].title}은 무엇인가요?"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return new_library(tmp_path)


async def write_all(library: Library) -> list[str]:
    """The titles that are asked about until nothing is left."""
    asks = Asks()
    one = StarterQueue(library, lambda: asks)
    while await one.write_next():
        pass
    return asks.titles


async def test_each_paper_with_a_title_is_asked_about_once_the_newest_first(library: Library):
    for title in ("Tidal Models", "scan_001", "Models of the Moon", "SOLAR 10.7B in Short: Notes"):
        add_paper(library, title, *WHOLE)

    assert await write_all(library) == ["Models of the Moon", "Tidal Models"]
    assert await write_all(library) == []
    assert WrittenQuestions(library.home).read_all() == {
        "digest of 0.pdf": "Tidal Models은 무엇인가요?",
        "digest of 2.pdf": "",
    }


async def test_no_more_papers_are_asked_about_than_the_limit(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queue, "MAX_ASKED", 2)
    for number in range(3):
        add_paper(library, f"Tidal Models {number}", *WHOLE)

    assert len(await write_all(library)) == 2


async def test_questions_go_with_their_paper(library: Library):
    gone = add_paper(library, "Tidal Models", *WHOLE)
    add_paper(library, "Lunar Models", *WHOLE)
    await write_all(library)

    mark_removed(library, gone)
    await write_all(library)

    assert list(WrittenQuestions(library.home).read_all()) == ["digest of 1.pdf"]


async def test_an_empty_library_opens_no_model(library: Library):
    def refuse() -> Asks:
        raise NoModel()

    assert not await StarterQueue(library, refuse).write_next()


def test_a_broken_file_of_questions_is_passed_over(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"no database" * 100)

    assert WrittenQuestions(tmp_path).read_all() == {}


@pytest.mark.parametrize(
    ("model", "starters", "expected"),
    [
        ("openai:gpt-4o-mini", "auto", False),
        ("openai:gpt-4o-mini", "model", True),
        ("embedded", "auto", False),
        ("embedded", "model", True),
        ("ollama:llama3", "auto", True),
        ("ollama:llama3", "code", False),
    ],
)
def test_unasked_only_a_free_model_of_a_server_writes(model: str, starters: str, expected: bool):
    assert asks_model(Settings(chat_model=model, starters=starters)) is expected
