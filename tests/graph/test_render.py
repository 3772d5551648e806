"""Rendering: a source's words in Korean, checked like an answer."""

import pytest

from graph.render import render_in_korean
from models.errors import ModelFailed
from nodes.citing.checks import NOT_KOREAN, UNVERIFIED
from tests.fakes import ScriptedModel
from tests.samples import evidence

LAYERS = evidence("SOLAR has 48 layers.")


async def test_the_words_alone_are_given_to_the_model():
    model = ScriptedModel(" SOLAR는 층이 48개입니다.\n")

    assert await render_in_korean(LAYERS, model=model) == "SOLAR는 층이 48개입니다."
    assert LAYERS.quote in model.asked[0]


@pytest.mark.parametrize(
    ("reply", "label"),
    [("SOLAR는 층이 84개입니다.", UNVERIFIED), ("SOLAR有48層", NOT_KOREAN)],
)
async def test_what_is_wrong_with_them_is_labelled(reply: str, label: str):
    assert await render_in_korean(LAYERS, model=ScriptedModel(reply)) == f"{reply} ({label})"


async def test_no_words_are_told_as_a_fault_of_the_model():
    with pytest.raises(ModelFailed, match="알아볼 수 없는"):
        await render_in_korean(LAYERS, model=ScriptedModel(" "))
