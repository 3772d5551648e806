"""Rewrite: search queries beside the question."""

import pytest

from models.faults import BadReply
from nodes.profile import ModelProfile
from nodes.rewrite import rewrite
from nodes.state import State
from tests.fakes import ScriptedModel, small, strong
from tests.samples import asking

ASKED = "How deep is SOLAR?"


def state(*queries: str, searches: int = 0) -> State:
    return State(messages=[], question=asking(ASKED, ASKED, queries=queries), searches=searches)


async def rewritten(profile: ModelProfile, *queries: str, searches: int = 0) -> list[str]:
    """The queries that the node gives a question."""
    update = await rewrite(state(*queries, searches=searches), profile=profile)
    return list(update["question"].queries)


async def test_three_queries_come_from_three_lines():
    model = ScriptedModel("SOLAR depth\nSOLAR has layers\nlayer count")

    queries = await rewritten(strong(model))

    assert queries == ["SOLAR depth", "SOLAR has layers", "layer count"]
    assert model.asked[0].endswith("How deep is SOLAR?")


async def test_the_second_round_is_told_what_failed():
    model = ScriptedModel("depth\nlayers of SOLAR")

    queries = await rewritten(strong(model), "depth", "layers", searches=1)

    assert queries == ["layers of SOLAR"]
    assert model.asked[0].endswith("\n- How deep is SOLAR?\n- depth\n- layers")


async def test_a_small_model_writes_none_before_a_search_has_failed():
    model = ScriptedModel("other words")

    assert await rewritten(small(model)) == []
    assert model.asked == []
    assert await rewritten(small(model), searches=1) == ["other words"]


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
    assert await rewritten(strong(ScriptedModel(reply))) == queries


async def test_queries_that_came_with_the_translation_are_taken():
    model = ScriptedModel()

    assert await rewritten(strong(model), "depth") == ["depth"]
    assert model.asked == []


async def test_nothing_new_on_a_later_round_is_no_fault():
    model = ScriptedModel("one\ntwo")

    assert await rewritten(strong(model), "one", "two", searches=1) == []


@pytest.mark.parametrize("reply", ["", "- \n-", '""'])
async def test_no_queries_at_all_is_a_bad_reply(reply: str):
    with pytest.raises(BadReply):
        await rewritten(strong(ScriptedModel(reply)))
