"""Questions to a model that runs here: one after the other, and each is told how many are ahead."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from graph.open import open_graph
from graph.run import Event, Finished, Graph, Run, Started, Waiting
from graph.settings import Settings
from models.embedded.server import Server
from tests.fake_openai import FakeOpenAI
from tests.graph.asking import QUESTION
from tests.graph.test_stop import Hangs, happens


@pytest.fixture
def graph(home: Any, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """The program's graph with an embedded model, in whose place the fake server answers."""
    server = Server(openai.base_url, "key", object(), Path("my.gguf"))
    monkeypatch.setattr("models.chat.open.unpack_gguf", lambda progress: server.model)
    monkeypatch.setattr("models.chat.open.serve_model", lambda path: server)
    return open_graph(Settings(chat_model="embedded"))


async def ask(graph: Graph, question: str = QUESTION) -> list[Event]:
    return [event async for event in Run().stream(graph, [HumanMessage(question)])]


def list_waits(events: list[Event]) -> list[int]:
    return [event.ahead for event in events if isinstance(event, Waiting)]


async def test_who_comes_first_hears_of_no_wait_and_the_others_of_a_shorter_one_each(graph: Graph):
    told = await asyncio.gather(*(ask(graph) for _ in range(4)))

    waits = sorted(map(list_waits, told), key=len)
    assert waits == [[], [1, 0], [2, 1, 0], [3, 2, 1, 0]]
    for events in told:
        assert isinstance(events[0], Started)
        assert any(isinstance(one, Finished) and one.node == "answer" for one in events)


async def test_calls_of_two_questions_never_alternate(graph: Graph, openai: FakeOpenAI):
    names = ("SOLAR", "Gemma")
    await asyncio.gather(*(ask(graph, f"{name}는 층이 몇 개인가요?") for name in names))

    asked = [
        next(name for name in names if f"{name}는" in request.text)
        for request in openai.requests
        if request.task == "translate"
    ]
    assert asked in (["SOLAR"] * 2 + ["Gemma"] * 2, ["Gemma"] * 2 + ["SOLAR"] * 2)


async def test_what_needs_no_model_waits_for_nobody(graph: Graph, openai: FakeOpenAI):
    hangs = Hangs()
    openai.faults["translate"] = [hangs, hangs]
    busy = asyncio.create_task(ask(graph))
    assert await happens(hangs.asked)

    events = await asyncio.wait_for(ask(graph, "안녕하세요"), 30)

    assert list_waits(events) == []
    busy.cancel()


async def test_who_stops_lets_the_next_one_in(graph: Graph, openai: FakeOpenAI):
    hangs = Hangs()
    openai.faults["translate"] = [hangs, hangs]
    stopped = asyncio.create_task(ask(graph))
    assert await happens(hangs.asked)
    waiting = asyncio.create_task(ask(graph))
    await asyncio.sleep(0.2)
    assert not waiting.done()

    stopped.cancel()

    assert list_waits(await asyncio.wait_for(waiting, 30)) == [1, 0]
