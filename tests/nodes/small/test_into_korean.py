"""An English answer is put into Korean, and put right by code."""

import pytest

from nodes.citing.stream import QUOTES
from tests.fakes import ScriptedModel
from tests.nodes.answering import LAYERS, THOUGHT, answered
from tests.samples import evidence

BILLIONS = "It has 10.7 billion parameters."


async def test_a_small_model_that_repeats_itself_is_stopped():
    loop = " 깊이 쌓고 있으며," * 40
    round_in_circles = f"SOLAR는 층이 48개이고,{loop} 끝."
    model = ScriptedModel(THOUGHT, round_in_circles, round_in_circles)

    update, told = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text == "SOLAR는 층이 48개이고, 깊이 쌓고 있으며,… [1]"
    assert len("".join(filter(None, told))) < len(loop)


@pytest.mark.parametrize(
    "useless",
    [
        pytest.param("층이 몇 개?", id="the question"),
        pytest.param("SOLAR는 層이 48個입니다.", id="another language"),
        pytest.param("층이" + " 깊이 쌓고 있으며," * 9, id="in circles"),
        pytest.param("SOLAR는 층이 48개로 오나습니다.", id="a garbled ending"),
        pytest.param("SOLAR는 층을 10개에서 7개로 늘렸습니다.", id="figures of its own"),
    ],
)
async def test_a_useless_translation_is_made_again_by_another_prompt(useless: str):
    model = ScriptedModel(THOUGHT, useless, "48개의 층을 가집니다.")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text == "48개의 층을 가집니다. [1]"
    assert told.count(None) == 2  # the reader sees one restart
    assert "".join(told[len(told) - told[::-1].index(None) :]) == update["messages"][0].text
    assert "Question: 층이 몇 개?\nAnswer: It has 48 층." in model.asked[1]
    assert "It has 48 층." in model.asked[2]
    assert "층이 몇 개?" not in model.asked[2]


async def test_a_translation_that_is_useless_twice_gives_way_to_its_source():
    model = ScriptedModel(THOUGHT, "층이 몇 개?", "몇 층이 몇 개?")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text == f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"
    assert told.count(None) == 2  # the reader sees one restart


async def test_scales_and_terms_are_put_into_korean_before_the_model_translates():
    model = ScriptedModel(BILLIONS, "파라미터는 107억 개입니다.")

    await answered(model, evidence(BILLIONS, BILLIONS), cites=False)

    assert "Answer: It has 107억 파라미터." in model.asked[1]
