"""How often a failed call is made again: by itself, and by all calls of a question."""

import asyncio

import pytest

from models.chat.open import open_chat
from models.connect.choose import Choice
from models.faults import BadReply, BrokenStream, Fault
from models.tries import (
    FIRST_WAIT,
    LONGEST_WAIT,
    PASSING,
    RETRIES,
    TRIES_A_QUESTION,
    begin_tries,
    choose_wait,
    is_worth_a_try,
    take_try,
)
from nodes.strong.prompts import ANSWER_CITING
from tests.fake_openai import FakeOpenAI
from tests.treatments import refuses

BUSY = Fault("server")
PROMPT = ANSWER_CITING.invoke(dict.fromkeys(ANSWER_CITING.input_variables, "x"))
AT_ONCE = 8


class TestWait:
    def test_it_doubles_and_differs(self):
        first = {choose_wait(BUSY, 0) for _ in range(50)}
        second = {choose_wait(BUSY, 1) for _ in range(50)}

        assert len(first) > 1
        assert all(wait and 0.5 * FIRST_WAIT < wait < 1.5 * FIRST_WAIT for wait in first)
        assert all(wait and FIRST_WAIT < wait < 3 * FIRST_WAIT for wait in second)

    def test_there_is_none_behind_the_last_try(self):
        assert choose_wait(BUSY, RETRIES) is None

    @pytest.mark.parametrize("asked", [0.0, 2.5, LONGEST_WAIT])
    def test_a_server_says_how_long(self, asked: float):
        assert choose_wait(Fault("rate", retry_after=asked), 0) == asked

    def test_one_that_wants_too_long_is_not_waited_for(self):
        assert choose_wait(Fault("rate", retry_after=LONGEST_WAIT + 1), 0) is None

    @pytest.mark.parametrize("kind", ["key", "no_model", "credit", "too_long", "refused"])
    def test_what_stays_is_not_tried_again(self, kind: str):
        assert kind not in PASSING
        assert choose_wait(Fault(kind), 0) is None  # type: ignore[arg-type]


class TestBudget:
    async def test_a_question_has_so_many_and_the_next_as_many(self):
        for _ in range(2):
            begin_tries()
            assert [take_try() for _ in range(TRIES_A_QUESTION)] == [True] * TRIES_A_QUESTION
            assert not take_try()

    async def test_calls_side_by_side_share_it(self):
        async def take_two() -> int:
            return take_try() + take_try()

        begin_tries()

        assert sum(await asyncio.gather(*(take_two() for _ in range(20)))) == TRIES_A_QUESTION

    async def test_questions_side_by_side_do_not(self):
        async def ask() -> int:
            begin_tries()
            await asyncio.sleep(0)
            return sum(take_try() for _ in range(2 * TRIES_A_QUESTION))

        assert await asyncio.gather(ask(), ask()) == [TRIES_A_QUESTION] * 2

    async def test_a_useless_reply_takes_of_it_too(self):
        begin_tries()

        assert is_worth_a_try(BadReply())
        assert is_worth_a_try(BrokenStream())
        assert not is_worth_a_try(KeyError())
        assert sum(take_try() for _ in range(2 * TRIES_A_QUESTION)) == TRIES_A_QUESTION - 2

    async def test_a_server_that_is_down_is_asked_no_more_often(
        self, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("models.tries.FIRST_WAIT", 0.001)
        openai.always["answer"] = refuses(500)
        model = open_chat(Choice("openai", "gpt-4o-mini"), timeout=5)
        begin_tries()

        calls = (model.ainvoke(PROMPT) for _ in range(AT_ONCE))
        faults = await asyncio.gather(*calls, return_exceptions=True)

        assert all(isinstance(fault, Exception) for fault in faults)
        assert openai.count("answer") == AT_ONCE + TRIES_A_QUESTION
