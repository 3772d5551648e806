"""Answers that end before their end: kept as far as they are whole, told as cut, and taken up again."""

import json
from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver

from graph.open import open_graph
from graph.record import record_answer
from graph.run import Graph, Run
from graph.settings import Settings
from models.errors import ModelFailed
from nodes.citing.draft import TRIES
from tests.fake_openai import ENDING, Exchange, FakeOpenAI, Treatment, stream
from tests.graph.asking import QUESTION, ask

FIRST = "SOLAR는 층이 48개입니다 [1]."
BEGUN = f"{FIRST} 이 모델은 깊이를"
ERROR = "data: " + json.dumps({"error": {"message": "worker lost", "code": 502}}) + "\n\n"


def ends_by(reason: str, text: str = BEGUN) -> Treatment:
    """Stream some words, and end as if `reason` had cut them off."""

    def treatment(exchange: Exchange) -> None:
        ending = ENDING.replace('"finish_reason": "stop"', f'"finish_reason": "{reason}"')
        exchange.send(*stream(text), ending, content_type="text/event-stream")

    return treatment


def breaks_by_event(text: str) -> Treatment:
    """Stream some words, then an error."""
    return lambda exchange: exchange.send(
        *stream(text), ERROR, "data: [DONE]\n\n", content_type="text/event-stream"
    )


def refuses_long_prompts(most: int) -> Treatment:
    """Refuse a request of more characters, as servers do; reply to the others as usual."""

    def treatment(exchange: Exchange) -> None:
        if len(exchange.asked.text) <= most:
            exchange.send_words(exchange.server.fake.reply(exchange.asked))
            return
        error = {"message": "the prompt is too long", "code": "context_length_exceeded"}
        exchange.send(json.dumps({"error": error}), status=400)

    return treatment


@pytest.mark.parametrize(
    ("treatment", "reason"),
    [(ends_by("content_filter"), "filter"), (breaks_by_event(BEGUN), "error")],
    ids=["a filter", "an error"],
)
async def test_what_is_whole_of_a_cut_answer_is_kept_and_told_as_cut(
    graph: Graph, openai: FakeOpenAI, treatment: Treatment, reason: str
):
    openai.always["answer"] = treatment

    run, _ = await ask(graph)

    record = record_answer(run, id=None, question=QUESTION)
    assert record["answer"] == FIRST
    assert record["cut"] == reason
    assert record["outcome"] == "answered"


async def test_an_answer_at_the_end_of_its_budget_is_told_as_cut(graph: Graph, openai: FakeOpenAI):
    openai.always["answer"] = ends_by("length")

    run, _ = await ask(graph)

    assert run.state["cut"] == "length"
    assert run.state["messages"][-1].text.startswith(FIRST)


async def test_a_whole_answer_is_not_told_as_cut(graph: Graph, openai: FakeOpenAI):
    run, _ = await ask(graph)

    assert "cut" not in record_answer(run, id=None, question=QUESTION)


@pytest.mark.parametrize(
    ("treatment", "said", "calls"),
    [
        (ends_by("content_filter", "SOLAR는"), "내용 필터", 1),
        (breaks_by_event("SOLAR는"), "worker lost", TRIES),
    ],
    ids=["a filter", "an error"],
)
async def test_where_nothing_is_whole_the_fault_is_told(
    graph: Graph, openai: FakeOpenAI, treatment: Treatment, said: str, calls: int
):
    openai.always["answer"] = treatment

    with pytest.raises(ModelFailed, match=said):
        await ask(graph)

    assert openai.count("answer") == calls


async def test_an_error_in_mid_answer_that_passes_leaves_a_whole_answer(
    graph: Graph, openai: FakeOpenAI
):
    openai.faults["answer"] = [breaks_by_event(BEGUN)]

    run, _ = await ask(graph)

    assert run.state["messages"][-1].text == FIRST
    assert run.state["cut"] is None


async def test_a_cut_answer_goes_on_from_its_evidence_without_a_search(
    home: Any, openai: FakeOpenAI
):
    graph = open_graph(Settings(), checkpointer=InMemorySaver())
    openai.faults["answer"] = [ends_by("content_filter")]
    await _say(graph, QUESTION)
    before = {task: openai.count(task) for task in ("translate", "grade", "embed")}
    openai.replies["answer"] = "SOLAR의 깊이는 48층입니다 [1]."

    run = await _say(graph, "이어서 답해 주세요.")

    assert run.state["messages"][-1].text == "SOLAR의 깊이는 48층입니다 [1]."
    assert run.state["cut"] is None
    asked = openai.requests[-1].body["messages"]
    assert [turn["content"] for turn in asked if turn["role"] == "assistant"] == [
        "SOLAR는 층이 48개입니다."
    ]
    assert before["translate"] == openai.count("translate")
    assert before["grade"] == openai.count("grade")


async def test_of_too_much_evidence_the_weakest_is_left_out_and_told(
    graph: Graph, openai: FakeOpenAI
):
    openai.replies["grade"] = '{"sentences": [1, 3]}'
    await ask(graph)
    whole = len(openai.requests[-1].text)
    openai.always["answer"] = refuses_long_prompts(whole - 1)

    run, _ = await ask(graph)

    assert run.state["messages"][-1].text == FIRST
    assert record_answer(run, id=None, question=QUESTION)["evidence_left_out"] >= 1


async def test_a_passage_that_is_too_long_is_read_in_halves(graph: Graph, openai: FakeOpenAI):
    await ask(graph)
    longest = max(len(asked.text) for asked in openai.requests if asked.task == "grade")
    openai.always["grade"] = refuses_long_prompts(longest - 1)

    run, _ = await ask(graph)

    assert run.state["messages"][-1].text == FIRST


async def _say(graph: Graph, words: str) -> Run:
    run = Run()
    async for _ in run.stream(graph, [HumanMessage(words)], thread="one"):
        pass
    return run


async def test_a_stream_without_an_end_is_no_whole_answer(graph: Graph, openai: FakeOpenAI):
    openai.always["answer"] = lambda exchange: exchange.send(
        *stream(BEGUN), content_type="text/event-stream"
    )

    run, _ = await ask(graph)

    assert (run.state["messages"][-1].text, run.state["cut"]) == (FIRST, "error")
