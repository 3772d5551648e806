"""An answer without figures is told by the sentences of the papers that it rests on."""

import pytest

from nodes.citing.stream import QUOTES
from nodes.fallback import INSUFFICIENT
from tests.fakes import ScriptedModel
from tests.nodes.answering import DEPTH, LAYERS, answered

WHY = ("왜 깊이를 늘렸나요?", "Why was it scaled up in depth?")
THOUGHT = "It was scaled up in depth because a deeper model learns more."
KOREAN = "기존 모델의 32개 층에서 깊이를 늘렸기 때문입니다."


async def test_the_source_is_put_into_korean_and_not_the_answer():
    model = ScriptedModel(THOUGHT, KOREAN)

    update, told = await answered(model, DEPTH, cites=False, asked=WHY)

    assert update["messages"][0].text == f"{KOREAN} [1]"
    assert update["citations"] == [DEPTH]
    assert "scaled up in depth from 32" in model.asked[1]
    assert "learns more" not in model.asked[1]
    assert "".join(filter(None, told)).count(KOREAN) == 1


@pytest.mark.parametrize(
    "korean", ["99개 층에서 깊이를 늘렸습니다.", "The depth was scaled up here."]
)
async def test_a_source_whose_korean_has_a_fault_is_quoted(korean: str):
    model = ScriptedModel(THOUGHT, korean)

    update, _ = await answered(model, DEPTH, cites=False, asked=WHY)

    assert update["messages"][0].text == f"{QUOTES['Korean'].format(DEPTH.quote)} [1]"
    assert update["outcome"] == "quoted"


async def test_sentences_on_the_same_source_tell_it_once():
    model = ScriptedModel(f"{THOUGHT} {THOUGHT}", KOREAN)

    update, _ = await answered(model, DEPTH, cites=False, asked=WHY)

    assert update["messages"][0].text == f"{KOREAN} [1]"


async def test_an_answer_that_there_is_none_is_a_refusal():
    model = ScriptedModel("The excerpts do not say why it was scaled up.")

    update, _ = await answered(model, LAYERS, DEPTH, cites=False, asked=WHY)

    assert update["messages"][0].text == INSUFFICIENT
    assert update["refusal"].rule == "model_refused"
