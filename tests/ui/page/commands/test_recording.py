"""What the file of `/record` holds: what its reader has said and may read."""

from pathlib import Path

from graph.settings import Settings
from nodes.state import RunOptions
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.ui import quiet_chainlit  # noqa: F401
from ui.conversations.answers import Answer
from ui.page.commands.recording import _ask_recorded, list_turns


def make_answer(question: str, text: str) -> Answer:
    record = {"question": question, "answer": text, "outcome": "answered"}
    return Answer(id="a", question="q", text=text, citations=[], cited_before=0, record=record)


async def test_only_the_papers_that_are_asked_and_the_conversation_are_recorded(
    openai: FakeOpenAI, home: Path
):
    documents = Library(home).list_documents()
    solar = [one.id for one in documents if one.name == "solar.pdf"]
    turns = list_turns(
        [make_answer("누가 썼나요?", "모릅니다."), make_answer("층이 몇 개인가요?", "")]
    )
    settings = Settings(home=home, chat_model="openai:gpt-4o-mini", profile="strong")
    (home / "reports").mkdir()

    for _ in range(2):  # what was recorded before is replaced
        _, calls = await _ask_recorded(
            turns, settings, "reports/a.cassette", options=RunOptions(papers=solar)
        )

    held = (home / "reports" / "a.cassette").read_text("utf-8")
    assert held.count('"asked"') == calls > 0
    assert "누가 썼나요?" in held
    assert "48 layers" in held
    for words in ("Transformer", "Gemma", "distillation"):
        assert words not in held
