"""Faults of the models, told or got over, with the real clients against a fake server over HTTP."""

import socket
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from graph.open import open_graph
from graph.run import Graph, Run, Words
from graph.settings import Settings
from models.errors import ModelFailed
from nodes.errors import EmptyQuestion
from nodes.fallback import INSUFFICIENT
from retrieval.errors import EmptyIndex
from tests import treatments
from tests.fake_openai import FakeOpenAI
from tests.graph.asking import QUESTION, ask
from tests.treatments import refuses, says


@pytest.fixture(autouse=True)
def _retry_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import graph.build

    at_once = graph.build.RETRY._replace(initial_interval=0.001, jitter=False)
    monkeypatch.setattr(graph.build, "RETRY", at_once)


async def conversation(graph: Graph) -> list[str]:
    state = await graph.aget_state({"configurable": {"thread_id": "one"}})
    return [message.text for message in state.values["messages"]]


# The fault, the task it strikes, how often that may be asked for, and what is said of it.
FAULTS = {
    "wrong key": (refuses(401), "translate", 1, "API 키가 올바르지 않습니다"),
    "forbidden": (refuses(403), "translate", 1, "이 API 키로는"),
    "no such model": (refuses(404), "translate", 1, "모델을 찾을 수 없습니다"),
    "bad request": (refuses(400), "translate", 2, "요청을 받아들이지 않았습니다"),
    "rate limit": (refuses(429), "translate", 3, "사용 한도를 넘었습니다"),
    "server error": (refuses(500), "translate", 3, "서버에 오류가 났습니다"),
    "no answer": (treatments.says_nothing, "translate", 3, "제시간에 답하지 않았습니다"),
    "garbled JSON": (treatments.garbles, "translate", 9, "답을 보냈습니다"),
    "garbled JSON in grading": (treatments.garbles, "grade", 9, "답을 보냈습니다"),
    "garbled stream": (treatments.garbles, "answer", 9, "답을 보냈습니다"),
    "empty text": (says(""), "translate", 3, "알아볼 수 없는 답"),
    "JSON of another kind": (says('{"numbers": "one"}'), "grade", 12, "알아볼 수 없는 답"),
    "words for JSON": (says("The first sentence."), "grade", 12, "알아볼 수 없는 답"),
    "empty answer": (says(" "), "answer", 3, "알아볼 수 없는 답"),
    "stream refused": (refuses(500), "answer", 3, "서버에 오류가 났습니다"),
    "stream that breaks": (treatments.breaks_off, "answer", 9, "연결(이 끊겼|할 수 없)습니다"),
    "stream that stands still": (treatments.stands_still, "answer", 9, "제시간에|끊겼습니다"),
    "stream without words": (treatments.streams_nothing, "answer", 3, "알아볼 수 없는 답"),
    "wrong key for embeddings": (refuses(401), "embed", 1, "API 키가 올바르지 않습니다"),
    "no embeddings": (treatments.sends_no_vectors, "embed", 9, "답을 보냈습니다"),
}
# Faults that are over at the next try.
PASSING = {
    "rate limit": ("translate", refuses(429, Retry_After="0.01")),
    "server busy": ("translate", refuses(503)),
    "empty translation": ("translate", says("")),
    "broken JSON": ("grade", says("{")),
    "JSON that breaks off": ("grade", says('{"sentences": [1')),
    "rate limit in grading": ("grade", refuses(429, Retry_After="0.01")),
    "empty answer": ("answer", says(" ")),
    "stream refused": ("answer", refuses(500)),
    "stream that breaks": ("answer", treatments.breaks_off),
    "rate limit of embeddings": ("embed", refuses(429, Retry_After="0.01")),
}


class TestFaults:
    @pytest.mark.parametrize(("fault", "task", "most", "said"), FAULTS.values(), ids=FAULTS)
    async def test_a_lasting_fault_is_told_and_the_conversation_goes_on(
        self, graph: Graph, openai: FakeOpenAI, fault: Any, task: str, most: int, said: str
    ):
        await ask(graph, "SOLAR가 무엇인가요?")
        before = openai.count(task)
        openai.always[task] = fault

        with pytest.raises(ModelFailed, match=said):
            await ask(graph)

        assert 1 <= openai.count(task) - before <= most
        openai.always.clear()

        run, _ = await ask(graph)

        answer = "SOLAR는 층이 48개입니다 [1]."
        assert run.state["messages"][-1].text == answer
        turns = await conversation(graph)
        assert turns[:2] == ["SOLAR가 무엇인가요?", answer]
        assert turns[-2:] == [QUESTION, answer]

    @pytest.mark.parametrize(("task", "fault"), PASSING.values(), ids=PASSING)
    async def test_a_passing_fault_is_got_over(
        self, graph: Graph, openai: FakeOpenAI, task: str, fault: Any
    ):
        openai.faults[task] = [fault]

        run, _ = await ask(graph)

        assert run.state["messages"][-1].text == "SOLAR는 층이 48개입니다 [1]."
        assert openai.faults[task] == []

    async def test_a_second_search_needs_queries(self, graph: Graph, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'
        openai.faults["rewrite"] = [says("-")]

        run, _ = await ask(graph)

        assert run.state["messages"][-1].text == INSUFFICIENT
        openai.always["rewrite"] = says("-\n-")
        with pytest.raises(ModelFailed, match="알아볼 수 없는 답"):
            await ask(graph)
        assert openai.count("rewrite") == 2 + 3

    async def test_an_answer_that_broke_off_is_begun_anew(self, graph: Graph, openai: FakeOpenAI):
        openai.faults["answer"] = [treatments.breaks_off]

        run, events = await ask(graph)

        told = [event.text for event in events if isinstance(event, Words)]
        last = len(told) - 1 - told[::-1].index(None)
        assert told.count(None) == 2
        assert "".join(told[last + 1 :]) == run.state["messages"][-1].text

    async def test_a_server_that_is_not_there(self, home: Any, openai: FakeOpenAI, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{port}/v1")
        graph = open_graph(Settings())

        with pytest.raises(ModelFailed, match="연결할 수 없습니다"):
            await ask(graph)

    async def test_a_question_that_cannot_be_asked_loses_nothing(self, graph: Graph):
        await ask(graph)

        with pytest.raises(EmptyQuestion):
            await ask(graph, " ")

        assert (await conversation(graph))[:2] == [QUESTION, "SOLAR는 층이 48개입니다 [1]."]

    async def test_nothing_indexed(self, openai: FakeOpenAI):
        graph = open_graph(Settings())

        with pytest.raises(EmptyIndex, match="munheon index"):
            await ask(graph)

    async def test_time_is_told_of_a_run_that_failed_as_well(
        self, graph: Graph, openai: FakeOpenAI
    ):
        openai.always["translate"] = refuses(401)
        run = Run()

        with pytest.raises(ModelFailed):
            _ = [event async for event in run.stream(graph, [HumanMessage(QUESTION)], thread="x")]

        assert run.seconds["total"] > 0
        assert run.state == {}
