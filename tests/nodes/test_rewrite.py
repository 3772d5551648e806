"""Rewrite: search queries beside the question."""

import pytest

from models.errors import BadReply
from nodes.rewrite import rewrite
from nodes.state import State
from tests.fakes import ScriptedModel


def asking(**fields: object) -> State:
    return State(messages=[], english="How deep is SOLAR?", **fields)


async def test_three_queries_come_from_three_lines():
    model = ScriptedModel("SOLAR depth\nSOLAR has layers\nlayer count")

    update = await rewrite(asking(), model=model)

    assert update == {"queries": ["SOLAR depth", "SOLAR has layers", "layer count"]}
    assert model.asked[0].endswith("How deep is SOLAR?")


async def test_the_second_round_is_told_what_failed():
    model = ScriptedModel("depth\nlayers of SOLAR")

    update = await rewrite(asking(queries=["depth", "layers"], searches=1), model=model)

    assert update == {"queries": ["layers of SOLAR"]}
    assert model.asked[0].endswith("\n- How deep is SOLAR?\n- depth\n- layers")


async def test_the_first_call_can_be_spared():
    model = ScriptedModel("other words")

    assert await rewrite(asking(), model=model, first=False) == {"queries": []}
    assert model.asked == []

    update = await rewrite(asking(searches=1), model=model, first=False)
    assert update == {"queries": ["other words"]}


@pytest.mark.parametrize(
    ("reply", "queries"),
    [
        ("1. one\n2) two\n- three", ["one", "two", "three"]),
        ("* one\n• two\n\n  three  ", ["one", "two", "three"]),
        ('"one"\none\n"two"', ["one", "two"]),
        ("one\ntwo\nthree\nfour", ["one", "two", "three"]),
        ("2-stage training\n48 layers", ["2-stage training", "48 layers"]),
        ("3.8B parameters of phi-3\n10.7B SOLAR", ["3.8B parameters of phi-3", "10.7B SOLAR"]),
    ],
)
async def test_list_marks_quotes_and_repetitions_go(reply: str, queries: list[str]):
    assert await rewrite(asking(), model=ScriptedModel(reply)) == {"queries": queries}


async def test_queries_that_came_with_the_translation_are_taken():
    model = ScriptedModel()

    assert await rewrite(asking(queries=["depth"]), model=model) == {"queries": ["depth"]}
    assert model.asked == []


async def test_nothing_new_on_a_later_round_is_no_fault():
    model = ScriptedModel("one\ntwo")

    update = await rewrite(asking(queries=["one", "two"], searches=1), model=model)

    assert update == {"queries": []}


@pytest.mark.parametrize("reply", ["", "- \n-", '""'])
async def test_no_queries_at_all_is_a_bad_reply(reply: str):
    with pytest.raises(BadReply):
        await rewrite(asking(), model=ScriptedModel(reply))
