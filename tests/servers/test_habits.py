"""Servers with habits of their own: the same answer, and what was found out is found out once."""

import re
from typing import Any

import pytest

from graph.open import open_model, try_settled_model
from graph.settings import Settings
from graph.trial.tasks import TASKS
from indexing.prompts import CONTEXTUALISE
from nodes.replies import ask_for_text
from tests.servers import habits
from tests.servers.able import ANSWER, AbleServer
from tests.servers.asking import Program
from tests.servers.habits import THINKING, refuses_parameter, replies_with, rewords, thinks_first
from tests.treatments import says

NO_TEMPERATURE = (
    "Unsupported value: 'temperature' does not support 0.1 with this model. "
    "Only the default (1) value is supported."
)
NO_LOGPROBS = "You are not allowed to request logprobs from this model"
NO_BUDGET = "Unrecognized request argument supplied: max_completion_tokens"
NO_REASON = "Bad Request"
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
        refuses_parameter("temperature", NO_REASON),
        1,
    ),
    "refuses seeds": (refuses_parameter("seed", "Unknown parameter: 'seed'"), 0),
    "refuses stream_options": (habits.refuses_extra_fields, 1),
    "refuses system messages": (habits.refuses_system, 1),
    "knows max_tokens alone": (refuses_parameter("max_completion_tokens", NO_BUDGET), 1),
    "refuses schemas": (habits.refuses_schema, 1),
    "refuses schemas and tools": (habits.refuses_objects, 2),
    "ignores schemas, refuses tools": (habits.ignores_schemas_refuses_tools, 2),
    "calls tools with broken JSON": (habits.calls_tools_badly, 3),
    "numbers alone": (
        rewords(lambda said: ", ".join(re.findall(r"\d+", said)) or "none", "grade"),
        6,
    ),
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


TRIAL = sum(task.is_first for task in TASKS)


# A text in parts is no text to the types of OpenAI's library, which warns of it.
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


async def test_what_a_name_is_known_for_costs_no_call(
    program: Program, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:o3-mini")
    _, usual = await program.ask(program.open(profile="strong"))
    program.server.always["chat"] = refuses_parameter("temperature", NO_TEMPERATURE)

    answer, taken = await program.ask(program.open())

    assert (answer, taken) == (ANSWER, usual)


async def test_a_small_model_is_asked_without_logprobs_once_they_are_refused(program: Program):
    program.server.replies["translate"] = "How many layers does SOLAR have?"
    _, usual = await program.ask(program.open(profile="small"))
    program.server.always["chat"] = refuses_parameter("logprobs", NO_LOGPROBS)
    opened = program.open(profile="small")

    first, taken = await program.ask(opened)
    second, again = await program.ask(opened)
    third, anew = await program.ask(program.open(profile="small"))

    assert first == second == third
    assert "48" in first
    assert (taken, again, anew) == (usual + 1, usual, usual)


async def test_calls_side_by_side_find_out_no_more_than_once_each(program: Program):
    _, usual = await program.ask(program.open(profile="strong"))
    program.server.always["chat"] = habits.refuses_schema
    opened = program.open(profile="strong")

    first, taken = await program.ask(opened)
    second, again = await program.ask(opened)

    assert first == second == ANSWER
    assert usual < taken <= usual + program.server.count("grade")
    assert again == usual


@pytest.mark.parametrize(
    "habit",
    [
        rewords(lambda said: THINKING + said),
        rewords(lambda said: THINKS_UNOPENED + said),
        replies_with(thought="Let me think."),
    ],
    ids=["in tags", "with an end alone", "in a field"],
)
async def test_no_header_holds_what_was_thought(server: AbleServer, habit: Any):
    server.always["chat"] = habit
    chain = CONTEXTUALISE | open_model(Settings())

    header = await ask_for_text(chain, dict.fromkeys(CONTEXTUALISE.input_variables, "SOLAR"))

    assert header == server.replies["header"]


async def test_an_answer_may_quote_the_marks_of_thinking(server: AbleServer):
    said = "R1은 <think>와 </think> 사이에 생각을 씁니다 [1]."
    server.always["chat"] = says(said)
    model = open_model(Settings())

    streamed = [chunk.text async for chunk in model.astream("Count from one")]
    whole = await model.ainvoke("Count from one")

    assert "".join(streamed) == whole.text == said
    assert not model.memory.known.thinks_unopened


async def test_a_server_that_was_exchanged_is_found_out_anew(program: Program):
    program.server.always["chat"] = habits.refuses_objects
    program.open()
    del program.server.always["chat"]
    settings = Settings()
    model = open_model(settings)
    assert model.memory.known.structure == "json"

    try_settled_model(settings, model)

    assert model.memory.known.structure == "schema"
    assert open_model(settings).memory.known == model.memory.known
