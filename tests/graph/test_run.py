"""Running the graph with the real clients against a fake server over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from langchain_core.messages import HumanMessage

from graph.run import Event, Finished, Graph, Run, Started, Words
from nodes.fallback import INSUFFICIENT
from nodes.state import RunOptions
from tests.fake_openai import FakeOpenAI
from tests.graph.asking import QUESTION, ask


class TestRightAnswer:
    async def test_from_question_to_cited_answer(self, graph: Graph, openai: FakeOpenAI):
        run, events = await ask(graph)

        assert [event.node for event in events if isinstance(event, Finished)] == (
            "translate rewrite retrieve grade answer".split()
        )
        assert run.state["outcome"] == "answered"
        assert run.state["messages"][-1].text == "SOLAR는 층이 48개입니다 [1]."
        assert run.state["question"].english == "How many layers does SOLAR have?"
        assert run.state["question"].queries == openai.replies["rewrite"].split("\n")
        [source] = run.state["citations"]
        assert source.passage.document == "solar.pdf"
        assert source.page == 1
        assert source.quote == "SOLAR has 48 layers."

    async def test_each_node_is_told_as_it_starts_and_again_as_it_finishes(self, graph: Graph):
        _, events = await ask(graph)

        told = [(type(event), event.node) for event in events if not isinstance(event, Words)]
        assert told == [
            (kind, node)
            for node in "translate rewrite retrieve grade answer".split()
            for kind in (Started, Finished)
        ]

    async def test_a_nodes_seconds_count_from_its_own_start(
        self, graph: Graph, monkeypatch: pytest.MonkeyPatch
    ):
        run, seconds = Run(), 0.0
        monkeypatch.setattr("graph.run.time", SimpleNamespace(perf_counter=lambda: seconds))

        async for event in run.stream(graph, [HumanMessage(QUESTION)], thread="one"):
            seconds += 5 if isinstance(event, Started) else 0
            seconds += 100 if isinstance(event, Finished) else 0

        assert {run.seconds[node] for node in "translate rewrite retrieve grade".split()} == {5}

    async def test_the_answer_comes_word_by_word(self, graph: Graph):
        run, events = await ask(graph)

        told = [event.text for event in events if isinstance(event, Words)]
        assert told[0] is None
        assert len(told) > 2  # the words that the question begins with too come as one
        assert "".join(told[1:]) == run.state["messages"][-1].text

    async def test_time_and_tokens_are_counted(self, graph: Graph, openai: FakeOpenAI):
        run, _ = await ask(graph)

        steps = {"translate", "rewrite", "retrieve", "grade", "answer"}
        assert set(run.seconds) == steps | {"first_token", "total"}
        assert 0 < run.seconds["first_token"] <= run.seconds["total"]
        assert sum(run.seconds[step] for step in steps) <= run.seconds["total"]
        calls = len(openai.requests) - openai.count("embed")
        assert run.tokens == {"input": 10 * calls, "output": 5 * calls}

    async def test_the_key_is_sent_and_the_question_embedded(
        self, graph: Graph, openai: FakeOpenAI
    ):
        await ask(graph)

        assert {asked.key for asked in openai.requests} == {"Bearer test-key"}
        [embedded] = [asked.body["input"] for asked in openai.requests if asked.task == "embed"]
        queries = openai.replies["rewrite"].split("\n")
        assert {QUESTION, "How many layers does SOLAR have?", *queries} <= set(embedded)
        assert openai.count("answer") == 1
        assert openai.requests[-1].body["stream"] is True

    async def test_a_passage_is_graded_each(self, graph: Graph, openai: FakeOpenAI):
        await ask(graph, options=RunOptions(passages=2))

        assert openai.count("grade") == 2

    async def test_never_found_is_said_after_two_searches(self, graph: Graph, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'

        run, _ = await ask(graph)

        assert run.state["messages"][-1].text == INSUFFICIENT
        assert run.state["outcome"] == "insufficient"
        assert openai.count("translate") == 1
        assert openai.count("rewrite") == 1
        assert openai.count("answer") == 0


async def test_questions_side_by_side_keep_apart(graph: Graph, openai: FakeOpenAI):
    async def one(thread: str) -> str:
        run = Run()
        events: AsyncIterator[Event] = run.stream(
            graph, [HumanMessage(f"{thread}는 몇 층?")], thread=thread
        )
        async for _ in events:
            pass
        return run.state["question"].asked

    asked = await asyncio.gather(*map(one, ["SOLAR", "Gemma", "EXAONE"]))

    assert asked == ["SOLAR는 몇 층?", "Gemma는 몇 층?", "EXAONE는 몇 층?"]
