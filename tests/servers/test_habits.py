"""Servers with habits of their own: the same answer, and what was found out is found out once."""

from typing import Any

import pytest

from graph.trial.tasks import TASKS
from tests.servers import habits
from tests.servers.able import ANSWER
from tests.servers.asking import Program
from tests.servers.habits import THINKING, refuses_parameter, replies_with, rewords, thinks_first

NO_TEMPERATURE = (
    "Unsupported value: 'temperature' does not support 0.1 with this model. "
    "Only the default (1) value is supported."
)
NO_LOGPROBS = "You are not allowed to request logprobs from this model"
NO_BUDGET = "Unrecognized request argument supplied: max_completion_tokens"
THINKS_UNOPENED = THINKING.removeprefix("<think>")
# What a server does to every chat, and how many calls more it takes to find that out.
HABITS: dict[str, tuple[Any, int]] = {
    "none": (replies_with(), 0),
    "refuses the temperature": (
        refuses_parameter(
            "temperature", NO_TEMPERATURE, param="temperature", code="unsupported_value"
        ),
        1,
    ),
    "refuses the temperature without saying so": (
        refuses_parameter("temperature", "Bad Request"),
        1,
    ),
    "refuses seeds": (refuses_parameter("seed", "Unknown parameter: 'seed'"), 0),
    "refuses stream_options": (habits.refuses_extra_fields, 1),
    "refuses system messages": (habits.refuses_system, 1),
    "knows max_tokens alone": (refuses_parameter("max_completion_tokens", NO_BUDGET), 1),
    "refuses schemas": (habits.refuses_schema, 1),
    "refuses schemas and tools": (habits.refuses_objects, 2),
    "calls tools with broken JSON": (habits.calls_tools_badly, 2),
    "JSON in a fence": (rewords(lambda said: f"```json\n{said}\n```", "grade"), 0),
    "JSON amid words": (rewords(lambda said: f"Here you go: {said} Good luck!", "grade"), 0),
    "parts": (habits.sends_parts, 0),
    "no usage": (replies_with(usage="missing"), 0),
    "usage null": (replies_with(usage=None), 0),
    "usage of nulls": (
        replies_with(
            usage={"prompt_tokens": 10, "completion_tokens": None, "total_tokens": None}
        ),
        0,
    ),
    "Azure's first event": (replies_with(first=habits.FILTERS), 0),
    "thinks in tags": (rewords(lambda said: THINKING + said), 0),
    "thinks with an end alone": (rewords(lambda said: THINKS_UNOPENED + said), 0),
    "thinks in a field": (replies_with(thought="Let me think."), 0),
    "thinks 1,200 tokens": (thinks_first(1_200), 1),
    "thinks 1,200 tokens of objects": (thinks_first(1_200, "grade"), 1),
    "thinks 9,000 tokens": (thinks_first(9_000), 2),
}  # fmt: skip


TRIAL = sum(task.is_essential for task in TASKS)


# A text in parts is no text to the types of OpenAI's library, which warns of it.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize(("habit", "more"), HABITS.values(), ids=HABITS)
async def test_a_habit_is_found_out_once(program: Program, habit: Any, more: int):
    _, usual = await program.ask(program.open(profile="strong"))
    before = program.count_chats()
    program.server.always["chat"] = habit

    opened = program.open()
    first, _ = await program.ask(opened)
    taken = program.count_chats() - before
    second, again = await program.ask(opened)
    third, anew = await program.ask(program.open())

    assert first == second == third == ANSWER
    assert taken == TRIAL + usual + more
    assert again == anew == usual
