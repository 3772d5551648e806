"""Rewrite: search queries beside the question."""

import pytest

from models.errors import BadReply
from nodes.rewrite import parsed, rewrite
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
    ],
)
def test_list_marks_quotes_and_repetitions_go(reply: str, queries: list[str]):
    assert parsed(reply, apart_from=[]) == queries


def test_a_figure_at_the_start_of_a_query_is_no_list_mark():
    assert parsed("3.8B parameters of phi-3\n10.7B SOLAR", apart_from=[]) == [
        "3.8B parameters of phi-3",
        "10.7B SOLAR",
    ]


def test_nothing_new_on_a_later_round_is_no_fault():
    assert parsed("one\ntwo", apart_from=["one", "two"]) == []


@pytest.mark.parametrize("reply", ["- \n-", '""'])
def test_no_queries_at_all_is_a_bad_reply(reply: str):
    with pytest.raises(BadReply):
        parsed(reply, apart_from=[])


async def test_an_empty_reply_is_a_bad_reply():
    with pytest.raises(BadReply):
        await rewrite(asking(), model=ScriptedModel(""))
