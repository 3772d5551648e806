"""Models that do what they are asked in a manner of their own: the reader sees the same answer."""

from typing import Any

import pytest

from graph.run import Graph, Words
from nodes.citing.stream import QUOTES
from nodes.fallback import INSUFFICIENT
from tests.fake_openai import FakeOpenAI
from tests.fakes import ScriptedModel
from tests.graph.asking import QUESTION, ask
from tests.nodes.answering import DEPTH, LAYERS, answered
from tests.treatments import says

ANSWER = "SOLAR는 층이 48개입니다 [1]."
QUOTED = f"{QUOTES['Korean'].format('SOLAR has 48 layers.')} [1]"
# What another model says at each step in place of the fake server's own words.
MANNERS: dict[str, dict[str, str]] = {
    "chatty": {
        "translate": "Sure! Here is the translation:\n\nHow many layers does SOLAR have?\n\nQueries:",
        "rewrite": "1. SOLAR depth\n2. SOLAR has layers\n3. number of layers of SOLAR\n\nNote: 솔라 is SOLAR.",
        "answer": "네, 물론입니다! 질문에 답변드리겠습니다.\n\nSOLAR는 층이 48개입니다 [1].\n\n더 궁금한 점이 있으시면 말씀해 주세요.",
    },
    "formal": {
        "translate": "**Question:** How many layers does SOLAR have?",
        "rewrite": "**Query 1:** SOLAR depth\n**Query 2:** SOLAR has layers\n**Query 3:** number of layers of SOLAR",
        "grade": '{"sentences": ["S1"]}',
        "answer": "## 답변\n\nSOLAR는 층이 48개입니다[^1].\n\n---\n\n### 출처\n\n[^1]: SOLAR 10.7B: Depth Up-Scaling, p. 1",
    },
    "in fences": {
        "translate": "```\nHow many layers does SOLAR have?",
        "rewrite": "SOLAR depth\nSOLAR has layers\nnumber of layers of SOLAR\n```",
        "grade": '{"sentences": ["1."]}',
        "answer": "```markdown\n**답변:** SOLAR는 층이 48개입니다【1†source】.\n```",
    },
    "repeats the question": {
        "translate": f"질문: {QUESTION}\nQuestion: How many layers does SOLAR have?",
        "grade": '{"sentences": [[1], 99]}',
        "answer": f"{QUESTION}\n\nSOLAR는 층이 48개입니다 (1).",
    },
    "marks on their own line": {
        "grade": '{"sentences": "1"}',
        "answer": "SOLAR는 층이 48개입니다.\n\n출처: [1]",
    },
    "raised marks": {"answer": "SOLAR는 층이 48개입니다.¹\n\n¹ SOLAR 10.7B: Depth Up-Scaling, p. 1"},
    "marks with pages": {"answer": "SOLAR는 층이 48개입니다 [1] (SOLAR 10.7B: Depth Up-Scaling, p. 1)."},
}  # fmt: skip
REFUSALS = {
    "quotes": f'"{INSUFFICIENT}"',
    "bold": f"**{INSUFFICIENT}**",
    "quoted block": f"> {INSUFFICIENT}",
    "fence": f"```\n{INSUFFICIENT}\n```",
    "label": f"답변: {INSUFFICIENT}",
    "heading": f"## 답변\n\n{INSUFFICIENT}",
    "courtesy": f"네, {INSUFFICIENT}",
    "apology": f"죄송합니다. {INSUFFICIENT}\n\n더 궁금한 점이 있으시면 말씀해 주세요.",
    "mark": "정보가 부족하여 답변할 수 없습니다 [1].",
    "footnote": "정보가 부족하여 답변할 수 없습니다[^1].\n\n[^1]: SOLAR has 48 layers.",
    "reason": f"{INSUFFICIENT} 제공된 근거는 SOLAR의 층 수만을 설명하고 있습니다.",
    "reason with a mark": f"{INSUFFICIENT} 근거 [1]은 SOLAR의 층 수만을 설명합니다.",
    "reason below": f"{INSUFFICIENT}\n\n(이유: 논문은 SOLAR의 층이 48개라고만 합니다.)",
    "other words": "제공된 근거만으로는 답변할 수 없습니다.",
    "English": "I'm sorry, but I cannot answer this question based on the provided evidence.",
    "English with a reason": "Insufficient information. The evidence tells the depth of SOLAR alone.",
    "English of the evidence": "The provided evidence does not contain the cost of training.",
}
ENGLISH = [
    "SOLAR has 48 layers [1].",
    "SOLAR has 48 layers [1]. It was scaled up in depth from 32 layers [2].",
    "Sure, here is the answer: The SOLAR model has 48 layers in all of its parts [1].",
]


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
async def test_the_reader_sees_the_same_answer(
    graph: Graph, openai: FakeOpenAI, manner: dict[str, str]
):
    openai.replies |= manner

    run, events = await ask(graph)

    question = run.state["question"]
    assert question.english == "How many layers does SOLAR have?"
    assert list(question.queries) == [
        "SOLAR depth",
        "SOLAR has layers",
        "number of layers of SOLAR",
    ]
    answer = run.state["messages"][-1].text
    assert answer.replace(". [1]", " [1].") == ANSWER  # a mark stays on its side of the full stop
    assert shown(events) == answer
    assert [piece.quote for piece in run.state["citations"]] == ["SOLAR has 48 layers."]
    assert openai.count("answer") == 1


async def test_a_translation_that_is_no_english_is_asked_for_again(
    graph: Graph, openai: FakeOpenAI
):
    openai.faults["translate"] = [says("질문: SOLAR는 층이 몇 개인가요?\n검색어: SOLAR 층")]

    run, _ = await ask(graph)

    assert run.state["question"].english == "How many layers does SOLAR have?"
    assert openai.count("translate") == 2


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_a_refusal_is_one_in_whatever_words(refusal: str):
    model = ScriptedModel(refusal)

    update, _ = await answered(model, LAYERS, DEPTH)

    assert (update["messages"][0].text, update["outcome"]) == (INSUFFICIENT, "insufficient")


@pytest.mark.parametrize("english", ENGLISH)
async def test_an_english_answer_is_asked_for_again_in_korean(english: str):
    model = ScriptedModel(english, "층은 48개입니다【1】.")

    update, _ = await answered(model, LAYERS, DEPTH)

    assert "not written in Korean" in model.asked[1]
    assert update["messages"][0].text == "층은 48개입니다 [1]."


@pytest.mark.parametrize("english", ENGLISH)
async def test_what_stays_english_gives_way_to_its_sources(english: str):
    update, told = await answered(ScriptedModel(english, english), LAYERS, DEPTH)

    assert update["outcome"] == "quoted"
    assert update["messages"][0].text.startswith(QUOTED)
    assert told[-1] == update["messages"][0].text


@pytest.mark.parametrize("name", ["Depth Up-Scaling", "SOLAR 10.7B", "SOLAR"])
async def test_a_name_alone_is_an_answer_in_korean(name: str):
    update, _ = await answered(ScriptedModel(f"{name} [1]."), LAYERS)

    assert update["messages"][0].text == f"{name} [1]."


async def test_an_english_answer_stays_where_english_was_asked():
    asked = "How many layers does SOLAR have?"

    update, _ = await answered(ScriptedModel("SOLAR has 48 layers (1)."), LAYERS, asked=(asked, asked))  # fmt: skip

    assert update["messages"][0].text == "SOLAR has 48 layers [1]."


@pytest.mark.parametrize(
    "empty", ["네, 물론입니다!", "## 답변", "```\n```", "더 궁금한 점이 있으시면 말씀해 주세요."]
)
async def test_an_answer_of_nothing_but_courtesy_is_asked_for_again(
    graph: Graph, openai: FakeOpenAI, empty: str
):
    openai.faults["answer"] = [says(empty)]

    run, _ = await ask(graph)

    assert run.state["messages"][-1].text == ANSWER
    assert openai.count("answer") == 2


def shown(events: list[Any]) -> str:
    """What the reader sees in the end: the words since the answer last started over."""
    told = [event.text for event in events if isinstance(event, Words)]
    begun = len(told) - told[::-1].index(None)
    return "".join(told[begun:])
