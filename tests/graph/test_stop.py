"""A reader who stops stops the model too: the connection of the call under way is closed."""

import asyncio
from contextlib import aclosing
from threading import Event

import pytest
from langchain_core.messages import HumanMessage

from graph.run import Graph, Run, Waiting, Words
from tests.fake_openai import Exchange, FakeOpenAI, stream
from tests.graph.asking import QUESTION, ask


class Hangs:
    """Says the beginning of a reply, if any, and then nothing until its client has hung up."""

    def __init__(self, said: str = "") -> None:
        self._said = said
        self.asked, self.hung_up = Event(), Event()

    def __call__(self, exchange: Exchange) -> None:
        self.asked.set()
        if self._said:
            exchange.send(*stream(self._said), content_type="text/event-stream", missing=100)
        exchange.connection.settimeout(10)
        if exchange.connection.recv(1) == b"":
            self.hung_up.set()


async def happens(event: Event) -> bool:
    return await asyncio.to_thread(event.wait, 30)


async def read_answer(graph: Graph) -> None:
    async for _ in Run().stream(graph, [HumanMessage(QUESTION)], thread="one"):
        pass


@pytest.mark.parametrize("task", ["translate", "grade", "answer"])
async def test_a_call_that_is_waited_for(graph: Graph, openai: FakeOpenAI, task: str):
    hangs = Hangs()
    openai.faults[task] = [hangs]
    reading = asyncio.create_task(read_answer(graph))
    assert await happens(hangs.asked)

    reading.cancel()

    assert await happens(hangs.hung_up)
    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_an_answer_that_is_being_written(graph: Graph, openai: FakeOpenAI):
    hangs = Hangs("SOLAR는 층이")
    openai.faults["answer"] = [hangs]
    reading = asyncio.create_task(read_answer(graph))
    assert await happens(hangs.asked)

    reading.cancel()

    assert await happens(hangs.hung_up)


async def test_a_stream_that_is_closed_between_two_events(graph: Graph, openai: FakeOpenAI):
    hangs = Hangs("SOLAR는 층이 48개이고 깊습니다. 그리고 ")
    openai.faults["answer"] = [hangs]

    async with aclosing(Run().stream(graph, [HumanMessage(QUESTION)], thread="one")) as events:
        async for event in events:
            if isinstance(event, Words) and event.text:
                break

    assert await happens(hangs.hung_up)


async def test_after_a_stop_the_next_question_is_answered(graph: Graph, openai: FakeOpenAI):
    hangs = Hangs()
    openai.faults["answer"] = [hangs]
    reading = asyncio.create_task(read_answer(graph))
    assert await happens(hangs.asked)
    reading.cancel()

    run, events = await ask(graph)

    assert run.state["outcome"] == "answered"
    assert not any(isinstance(event, Waiting) for event in events)
