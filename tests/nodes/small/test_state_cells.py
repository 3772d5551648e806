"""Cells in Korean: the model's words where they hold to the cells, else a plain list."""

import pytest

from nodes.cells import cite_rows, find_asked_cells
from tests.fakes import ScriptedModel
from tests.nodes.answering import answered
from tests.samples import asking, passage

TABLE = passage(
    "Model\tMHA\tGQA\nAverage\t50.3\t50.8\nLayers\t42\t44", title="Gemma 2: Improving Open Models"
)
BOTH = ("MHA와 GQA의 평균은 각각 얼마야?", "What are the averages of MHA and GQA?")
ONE = ("MHA는 층이 몇 개야?", "How many layers does MHA have?")


async def state(reply: str, asked: tuple[str, str]) -> str:
    rows = cite_rows(find_asked_cells(asking(*asked), [TABLE]))
    update, told = await answered(ScriptedModel(reply), *rows, cites=False, asked=asked)
    assert update["citations"] == rows
    assert told[-1] == update["messages"][0].text
    return told[-1]


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        (ONE, "MHA의 층은 42개입니다."),
        (BOTH, "MHA의 평균은 50.3, GQA의 평균은 50.8입니다."),
        (BOTH, "MHA와 GQA의 평균은 각각 50.3과 50.8입니다."),
    ],
)
async def test_words_that_hold_to_the_cells_are_shown(asked: tuple[str, str], reply: str):
    assert await state(reply, asked) == f"{reply} [1]"


@pytest.mark.parametrize(
    ("asked", "reply", "listed"),
    [
        (ONE, "MHA의 층은 44개입니다.", "Layers · MHA: 42"),
        (ONE, "MHA의 층은 42개, 헤드는 8개입니다.", "Layers · MHA: 42"),
        (ONE, "MHA는 층이 여러 개입니다.", "Layers · MHA: 42"),
        (ONE, "MHA의 층은 42%입니다.", "Layers · MHA: 42"),
        (ONE, "MHA 有 42 层입니다.", "Layers · MHA: 42"),
        (
            BOTH,
            "MHA의 평균은 50.8, GQA의 평균은 50.3입니다.",
            "Average · MHA: 50.3, Average · GQA: 50.8",
        ),
        (
            BOTH,
            "GQA와 MHA의 평균은 각각 50.3과 50.8입니다.",
            "Average · MHA: 50.3, Average · GQA: 50.8",
        ),
        (BOTH, "평균은 50.3과 50.8입니다.", "Average · MHA: 50.3, Average · GQA: 50.8"),
    ],
)
async def test_words_that_do_not_give_way_to_a_list(
    asked: tuple[str, str], reply: str, listed: str
):
    assert await state(reply, asked) == f"표에 적힌 값입니다. {listed} [1]"


async def test_a_table_is_given_where_one_is_asked_for():
    asked = ("MHA와 GQA의 평균을 표로 정리해 줘", BOTH[1])
    rows = cite_rows(find_asked_cells(asking(*asked), [TABLE]))

    update, _ = await answered(ScriptedModel(), *rows, cites=False, asked=asked)

    assert update["messages"][0].text == (
        "표에 적힌 값입니다. [1]\n\n|  | MHA | GQA |\n| --- | --- | --- |\n| Average | 50.3 | 50.8 |"
    )
