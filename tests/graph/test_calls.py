"""The calls that a question costs: how many wait for each other, and none twice."""

import json
from collections import Counter
from threading import Barrier
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from benchmarks.pace import Log, at_once, chat, in_a_row, until_first_token
from graph.open import open_graph
from graph.run import Run
from graph.settings import Settings
from nodes.state import RunOptions
from tests.fake_openai import Asked, FakeOpenAI
from tests.treatments import says

KOREAN = "SOLAR는 층이 몇 개인가요?"
PASSAGES = 3
MOST_IN_A_ROW = 3


@pytest.fixture
def log(openai: FakeOpenAI) -> Log:
    """The server's log; it replies to no grading before all of them have come."""
    meeting = Barrier(PASSAGES)

    def wait(asked: Asked) -> None:
        if asked.task == "grade":
            meeting.wait(timeout=5)

    return Log(openai, wait=wait)


async def ask(question: str) -> Run:
    run = Run()
    messages = [HumanMessage(question)]
    async for _ in run.stream(
        open_graph(Settings()), messages, options=RunOptions(passages=PASSAGES)
    ):
        pass
    return run


def tasks(log: Log) -> dict[str, int]:
    return dict(Counter(call.task for call in log.calls))


def bodies(openai: FakeOpenAI) -> list[str]:
    return [json.dumps(asked.body, sort_keys=True) for asked in openai.requests]


@pytest.fixture(autouse=True)
def _library(home: Any) -> None:
    """The papers are indexed."""


async def test_three_calls_wait_for_each_other_before_the_first_token(log: Log):
    await ask(KOREAN)

    before = until_first_token(log.calls)
    assert tasks(log) == {"translate": 1, "embed": 1, "grade": PASSAGES, "answer": 1}
    assert in_a_row(chat(before)) == MOST_IN_A_ROW
    assert len(before) == len(log.calls)


async def test_passages_are_graded_side_by_side(log: Log):
    await ask(KOREAN)

    grades = [call for call in log.calls if call.task == "grade"]
    assert at_once(grades) == PASSAGES
    assert in_a_row(grades) == 1


async def test_an_english_question_is_not_translated(log: Log):
    await ask("How many layers does SOLAR have?")

    assert tasks(log) == {"rewrite": 1, "embed": 1, "grade": PASSAGES, "answer": 1}
    assert in_a_row(chat(until_first_token(log.calls))) == MOST_IN_A_ROW


async def test_of_a_bad_grading_only_that_one_is_asked_for_again(log: Log, openai: FakeOpenAI):
    openai.faults["grade"] = [says("{")]

    run = await ask(KOREAN)

    assert run.state["outcome"] == "answered"
    assert openai.count("grade") == PASSAGES + 1


async def test_no_call_is_made_twice(log: Log, openai: FakeOpenAI):
    await ask(KOREAN)

    assert len(set(bodies(openai))) == len(openai.requests)


async def test_a_refusal_embeds_once_a_search_and_reads_no_passage_twice(
    log: Log, openai: FakeOpenAI
):
    openai.replies["grade"] = '{"sentences": []}'

    run = await ask(KOREAN)

    assert run.state["outcome"] == "insufficient"
    assert run.state["searches"] == openai.count("embed") == 2
    assert openai.count("grade") == len(set(run.state["graded"])) == PASSAGES
    assert len(set(bodies(openai))) == len(openai.requests)


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("SOLAR 논문의 한계는?", {"translate": 1, "embed": 1, "grade": PASSAGES, "answer": 1}),
        ("라이브러리에 어떤 논문이 있나요?", {}),
        ("안녕하세요!", {}),
    ],
)
async def test_each_kind_of_question_costs_no_call_too_many(
    question: str, calls: dict[str, int], log: Log
):
    run = await ask(question)

    assert run.state["outcome"] in ("answered", "insufficient")
    assert tasks(log) == calls
    assert in_a_row(chat(until_first_token(log.calls))) <= MOST_IN_A_ROW
