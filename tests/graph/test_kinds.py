"""Questions that take no search: on the library, on a paper as a whole, on nothing."""

import pytest
from langchain_core.messages import HumanMessage

from nodes.fallback import INSUFFICIENT
from nodes.state import Conversation
from nodes.strong.select import NamedSentences
from tests.fakes import ScriptedModel, small
from tests.graph.wired import ONCE, Shelf, path, wired


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("라이브러리에 어떤 논문이 있나요?", "1. SOLAR 10.7B (12쪽)"),
        ("SOLAR 논문은 몇 쪽이야?", "‘SOLAR 10.7B’은(는) 모두 12쪽입니다."),
        ("안녕하세요!", "안녕하세요!"),
    ],
)
async def test_what_the_library_answers_itself_asks_no_model_and_searches_nothing(
    question: str, told: str
):
    shelf = Shelf()
    graph = wired(ScriptedModel(), shelf)

    assert await path(graph, question=question) == f"{ONCE} answer"
    state = await graph.ainvoke(Conversation(messages=[HumanMessage(question)]))
    assert told in state["messages"][-1].text
    assert (state["outcome"], state["citations"]) == ("answered", [])
    assert shelf.asked == []


async def test_an_overview_is_answered_from_the_papers_own_sections():
    shelf = Shelf()
    model = ScriptedModel(
        "SOLAR 10.7B는 층이 48개인 모델입니다.", "깊이 확장으로 만들어 전문가 혼합이 필요 없습니다."
    )
    graph = wired(model, shelf, profile=small(model))
    asked = Conversation(messages=[HumanMessage("SOLAR 논문을 요약해 줘")])

    state = await graph.ainvoke(asked)

    assert state["messages"][-1].text == (
        "‘SOLAR 10.7B’을(를) 앞에서부터 옮기면 다음과 같습니다.\n"
        "\n- SOLAR 10.7B는 층이 48개인 모델입니다. [1]\n- 깊이 확장으로 만들어 전문가 혼합이 필요 없습니다. [2]"
    )
    assert [piece.quote[:12] for piece in state["citations"]] == ["We introduce", "It is made b"]
    assert shelf.asked == []


async def test_an_overview_by_a_strong_model_is_one_call():
    model = ScriptedModel("SOLAR 10.7B는 층이 48개인 모델입니다 [1].")
    graph = wired(model)

    state = await graph.ainvoke(Conversation(messages=[HumanMessage("SOLAR 논문을 요약해 줘")]))

    assert state["messages"][-1].text == "SOLAR 10.7B는 층이 48개인 모델입니다 [1]."
    assert "mixture of experts" in model.asked[0]
    assert len(model.asked) == 1


async def test_a_page_is_told_by_its_sentences():
    model = ScriptedModel("SOLAR 10.7B는 층이 48개인 모델입니다.", "깊이 확장으로 만들었습니다.")
    graph = wired(model, profile=small(model))
    asked = "SOLAR 논문 3쪽 내용 알려줘"

    state = await graph.ainvoke(Conversation(messages=[HumanMessage(asked)]))

    assert "‘SOLAR 10.7B’의 3쪽을 앞에서부터" in state["messages"][-1].text
    assert {piece.page for piece in state["citations"]} == {3}


@pytest.mark.parametrize("question", ["SOLAR 논문 99쪽 내용 알려줘", "BERT 논문 2쪽을 요약해 줘"])
async def test_a_page_that_is_not_there_is_refused(question: str):
    state = await wired(ScriptedModel()).ainvoke(Conversation(messages=[HumanMessage(question)]))

    assert (state["outcome"], state["refusal"].rule) == ("insufficient", "no_such_page")


async def test_an_overview_of_a_paper_that_is_not_there_is_refused():
    assert (
        await path(wired(ScriptedModel()), question="BERT 논문을 요약해 줘") == f"{ONCE} fallback"
    )


@pytest.mark.parametrize(
    "question",
    ["DUS의 한계는 무엇인가요?", "SOLAR 논문의 한계는 무엇인가요?", "이 실험의 결론은 뭐야?"],
)
async def test_what_no_section_tells_is_searched_for(question: str):
    shelf = Shelf()
    model = ScriptedModel(
        "What are the limits?\na\nb",
        NamedSentences(sentences=[]),
        "c",
        NamedSentences(sentences=[]),
    )

    assert await path(wired(model, shelf), question=question) == (
        f"{ONCE} rewrite retrieve grade fallback"
    )
    assert len(shelf.asked) == 2


async def test_a_paper_that_is_not_there_is_refused_by_name():
    graph = wired(ScriptedModel())

    state = await graph.ainvoke(Conversation(messages=[HumanMessage("BERT 논문은 몇 쪽이야?")]))

    assert state["messages"][-1].text == INSUFFICIENT
    assert (state["refusal"].rule, state["refusal"].detail) == ("unknown_paper", "BERT")
