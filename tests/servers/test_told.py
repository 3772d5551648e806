"""What no other form of a call mends: told with its cause and what to do, after few calls."""

import time
from functools import partial
from typing import Any

import pytest

from models.errors import ModelFailed
from models.tries import TryBudget
from tests.servers import habits
from tests.servers.able import ANSWER
from tests.servers.asking import Program
from tests.treatments import refuses

# What a server does to every chat, the cause and the remedy that are told, and the chats it takes.
TOLD: dict[str, tuple[Any, str, int]] = {
    "page to log in at": (habits.sends_page, r"모델 서버의 것이 아닙니다.*OPENAI_BASE_URL", 1),
    "no such endpoint": (
        habits.knows_no_endpoint,
        r"모델 서버의 것이 아닙니다.*OPENAI_BASE_URL",
        1,
    ),
    "wait too long": (refuses(429, Retry_After="3600"), "사용 한도.* 3,600초 뒤에 다시", 1),
    "wrong key": (habits.wants_key("another"), "API 키가 올바르지 않습니다.*OPENAI_API_KEY", 1),
    "refuses all": (refuses(400), "받아들이지 않았습니다.*“fault 400”.*munheon models test", 2),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "told", "most"), TOLD.values(), ids=TOLD)
async def test_a_question_fails_with_cause_and_remedy(
    program: Program, fault: Any, told: str, most: int
):
    opened = program.open(profile="strong")
    program.server.always["chat"] = fault

    with pytest.raises(ModelFailed, match=told):
        await program.ask(opened)

    assert program.count_chats() <= most


async def test_a_trial_fails_with_the_same_sentence(program: Program):
    program.server.always["chat"] = habits.sends_page

    with pytest.raises(ModelFailed, match="모델 서버의 것이 아닙니다"):
        program.open()

    assert program.count_chats() == 1


async def test_too_many_requests_are_told_that_come_within_a_stream(program: Program):
    program.server.always["answer"] = habits.limits_in_stream

    with pytest.raises(ModelFailed, match=r"사용 한도.*free-models-per-day"):
        await program.ask(program.open(profile="strong"))

    assert program.server.count("answer") == 3


async def test_a_short_wait_is_kept(program: Program):
    opened = program.open(profile="strong")
    program.server.faults["answer"] = [refuses(429, Retry_After="0.3")]
    begun = time.monotonic()

    answer, _ = await program.ask(opened)

    assert answer == ANSWER
    assert time.monotonic() - begun >= 0.3
    assert program.server.count("answer") == 2


async def test_the_calls_of_a_question_share_their_further_tries(
    program: Program, monkeypatch: pytest.MonkeyPatch
):
    opened = program.open(profile="strong")
    await program.ask(opened)
    passages = program.server.count("grade")
    monkeypatch.setattr("models.tries.TryBudget", partial(TryBudget, 2))
    program.server.always["grade"] = refuses(500)

    with pytest.raises(ModelFailed, match="서버에 오류가 났습니다"):
        await program.ask(opened)

    assert passages > 2
    assert program.server.count("grade") <= 2 * passages + 2


@pytest.mark.parametrize("key", ["sk-proj-abcdef1234567890", "gsk_abcdef1234567890"])
async def test_a_wrong_key_is_not_repeated(
    program: Program, monkeypatch: pytest.MonkeyPatch, key: str
):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    opened = program.open(profile="strong")
    said = f"Your key {key} may not use this"
    program.server.always["chat"] = lambda exchange: habits.refuse(exchange, said, status=403)

    with pytest.raises(ModelFailed, match=r"Your key \*\*\* may not") as told:
        await program.ask(opened)

    assert "abcdef" not in str(told.value)
