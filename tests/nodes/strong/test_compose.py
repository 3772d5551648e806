"""A strong model marks its sources, and mends once what code finds wrong."""

import pytest

from nodes.citing.stream import QUOTES
from nodes.fallback import INSUFFICIENT
from tests.fakes import ScriptedModel
from tests.nodes.answering import DEPTH, LAYERS, answered

QUOTED = f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"


async def test_the_model_reads_numbered_evidence_with_paper_and_page():
    model = ScriptedModel("층은 48개입니다 [1].")

    await answered(model, LAYERS, DEPTH)

    assert (
        "[1] (SOLAR 10.7B, p. 3) SOLAR has 48 layers.\n[2] (SOLAR 10.7B, p. 3) It was"
        in (model.asked[0])
    )
    assert "How many layers?" in model.asked[0]
    assert "층이 몇 개?" in model.asked[0]
    assert INSUFFICIENT in model.asked[0]


async def test_marks_are_renumbered_and_bogus_ones_dropped():
    model = ScriptedModel("처음은 32개입니다 [2]. 지금은 48개입니다 [1][7].")

    update, _ = await answered(model, LAYERS, DEPTH)

    assert update["messages"][0].text == "처음은 32개입니다 [1]. 지금은 48개입니다 [2]."
    assert update["citations"] == [DEPTH, LAYERS]


class TestMending:
    async def test_what_code_finds_wrong_is_put_right_by_the_model_once(self):
        model = ScriptedModel("층은 50개입니다 [1].", "층은 48개입니다 [1].")

        update, told = await answered(model, LAYERS)

        assert update["messages"][0].text == "층은 48개입니다 [1]."
        assert told.count(None) == 2
        assert "50 does not stand in the evidence" in model.asked[1]
        assert "층은 50개입니다 [1]." in model.asked[1]

    async def test_what_is_wrong_even_then_gives_way_to_a_quote(self):
        model = ScriptedModel("층은 50개입니다 [1].", "층은 51개입니다 [1].")

        update, told = await answered(model, LAYERS)

        assert update["messages"][0].text == QUOTED
        assert update["outcome"] == "quoted"
        assert told[-2:] == [None, update["messages"][0].text]
        assert len(model.asked) == 2

    async def test_an_answer_without_fault_is_asked_for_once(self):
        model = ScriptedModel("층은 48개입니다 [1].")

        await answered(model, LAYERS)

        assert len(model.asked) == 1

    async def test_a_model_that_gives_up_when_it_is_asked_again_gets_a_quote(self):
        model = ScriptedModel("층은 50개입니다 [1].", " ")

        update, _ = await answered(model, LAYERS)

        assert update["messages"][0].text == QUOTED


@pytest.mark.parametrize(
    "text",
    [
        "| 모델 | 층 | 비용 | 기간 |\n|---|---|---|---|\n"
        "| SOLAR | 해당 사항 없음 | 해당 사항 없음 | 해당 사항 없음 |\n| 이전 | 48 | 48 | 48 |",
        "- 해당 사항 없음\n- 해당 사항 없음\n- 해당 사항 없음\n- 층은 48개입니다.",
        "1. 정보가 없는 항목\n2. 정보가 없는 항목\n3. 정보가 없는 항목\n\n층은 48개입니다.",
    ],
    ids=["cells", "items", "numbered items"],
)
async def test_equal_cells_and_items_are_no_loop(text: str):
    update, _ = await answered(ScriptedModel(text, text), LAYERS)

    said = update["messages"][0].text
    assert "48" in said
    assert "…" not in said


async def test_a_strong_model_that_goes_round_in_circles_is_cut_off_visibly():
    model = ScriptedModel("층은 48개이고 [1]," + " 깊이 쌓고 있으며," * 40)

    update, _ = await answered(model, LAYERS)

    assert update["messages"][0].text.startswith("층은 48개이고 [1], 깊이 쌓고 있으며,…")


async def test_half_an_answer_names_what_is_missing():
    text = "층은 48개입니다 [1]. 학습 비용은 정보가 부족하여 답변할 수 없습니다."

    update, _ = await answered(ScriptedModel(text), LAYERS)

    assert update["messages"][0].text == text
    assert update["outcome"] == "answered"
    assert update["citations"] == [LAYERS]
