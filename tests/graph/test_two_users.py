"""Two users' papers in one library: to each it is as if the other's were not there."""

from typing import Any, NamedTuple

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from pydantic import BaseModel, TypeAdapter

from graph.build import build_graph
from graph.run import Run
from nodes.fallback import INSUFFICIENT
from nodes.profile import ModelProfile
from nodes.state import RunOptions, State
from nodes.strong.select import NamedSentences
from nodes.translate import translate
from retrieval.passages import Evidence
from retrieval.search.hybrid import HybridSearch
from tests.fakes import ScriptedModel, small, strong
from tests.retrieval.desk import Desk

TIDES = (
    "Tides of the Sea\nMara Vale\nAbstract\nWe present Selene, a model of tides that follows the moon. "
    "Its error is 3 percent on all coasts that we know of, which we show in this paper at length."
)
# What must not be seen: names, authors, words and figures that no paper but this one has.
STORM = """# Felicia: Storms Foretold

Orin Kade

## Abstract

We present Felicia, a model of storms that beats Selene by 77 percent on the coasts, which we show at
length in this paper, with all tides.

Table 1: Errors of models

| Model | Error | Coasts |
|---|---|---|
| Felicia | 77 | 5 |
| Selene | 3 | 9 |
"""
SECRETS = ("storm.md", "Foretold", "Orin", "Kade", "77", "storms that beats")
REPLIES: tuple[str | BaseModel, ...] = (
    "What is its error?\nerror of the model\ntides model\ncoasts",
    *[NamedSentences(sentences=[1])] * 3,
)
QUESTIONS = (
    "라이브러리에 어떤 논문이 있나요?",
    "안녕하세요!",
    "Felicia 논문이 있나요?",
    "Felicia 논문은 몇 쪽이야?",
    "Felicia 논문의 저자는 누구야?",
    "Felicia 논문의 제목이 뭐야?",
    "Felicia 논문을 요약해 줘",
    "Felicia 논문 1쪽에는 무슨 내용이 있어?",
    "Felicia 논문의 표 1을 보여 줘",
    "storm 논문의 표 9를 보여 줘",
    "Felicia를 언급하는 논문은 뭐가 있어?",
    "Selene을 언급하는 논문은 뭐가 있어?",
    "Selene과 Felicia의 오차를 비교해 줘",
    "펠리시아의 오차는 얼마인가요?",
    "이 논문의 주요 기여는 무엇인가요?",
)


class Asked(NamedTuple):
    """What came of a question, and all that was told on the way."""

    state: dict[str, Any]
    prompts: list[str]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A library with the one user's paper."""
    desk = Desk(tmp_path_factory.mktemp("alone"))
    desk.index(desk.write("tides.pdf", TIDES, title="Tides of the Sea"), owner="ana")
    return desk


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A library with a paper of each of two users."""
    desk = Desk(tmp_path_factory.mktemp("shared"))
    (desk.papers / "storm.md").write_text(STORM, "utf-8")
    desk.index(desk.papers / "storm.md", owner="ben")
    desk.index(desk.write("tides.pdf", TIDES, title="Tides of the Sea"), owner="ana")
    return desk


async def ask(search: HybridSearch, question: str, papers: list[int] | None) -> Asked:
    model = ScriptedModel(*REPLIES, *["오차는 3퍼센트입니다 [1]."] * 3)
    graph = build_graph(profile=strong(model), search=search)
    run = Run()
    events = run.stream(
        graph, [HumanMessage(question)], options=RunOptions(papers=papers, searches=1)
    )
    async for _ in events:
        pass
    return Asked(run.state, model.asked)


def told(asked: Asked) -> dict[str, Any]:
    """All of it that does not count passages or score them."""
    state = asked.state
    return {
        "prompts": asked.prompts,
        "answer": state["messages"][-1].text,
        "outcome": state["outcome"],
        "refusal": state["refusal"],
        "question": state["question"],
        "passages": [hit.passage.text for hit in state["passages"]],
        "citations": [piece.quote for piece in state["citations"]],
    }


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_goes_as_if_the_others_paper_were_not_there(
    alone: Desk, shared: Desk, question: str
):
    mine = shared.library.list_visible_ids("ana")

    kept = told(await ask(shared.open_search(), question, mine))

    assert kept == told(await ask(alone.open_search(), question, None))
    assert not [secret for secret in SECRETS if secret in str(kept)]


async def test_the_others_paper_is_there_for_who_may_see_it(shared: Desk):
    search, his = shared.open_search(), shared.library.list_visible_ids("ben")

    listed = told(await ask(search, "라이브러리에 어떤 논문이 있나요?", his))["answer"]
    refusal = told(await ask(search, "Felicia 논문의 표 9를 보여 줘", his))["refusal"]
    everything = told(await ask(search, "라이브러리에 어떤 논문이 있나요?", None))["answer"]

    assert "Felicia: Storms Foretold" in listed
    assert "Tides" not in listed
    assert (refusal.rule, refusal.detail) == ("no_such_table", "Felicia: Storms Foretold: 9")
    assert "2편" in everything


async def test_who_may_see_nothing_is_refused(shared: Desk):
    asked = await ask(shared.open_search(), "펠리시아의 오차는 얼마인가요?", [])

    assert asked.state["messages"][-1].text == INSUFFICIENT
    assert asked.state["passages"] == []
    assert not [secret for secret in SECRETS if secret in str(asked.prompts)]


@pytest.mark.parametrize("profile", [strong, small])
async def test_a_model_is_told_no_other_titles_and_names(shared: Desk, profile: Any):
    model = ScriptedModel(*["What is its error?"] * 2)
    asking: ModelProfile = profile(model)
    mine = shared.open_search().within(shared.library.list_visible_ids("ana"))

    understood = await asking.understand("펠리시아의 오차는?", [], catalogue=mine)

    assert "Tides of the Sea" in model.asked[0]
    assert "Felicia" not in f"{model.asked}{understood}"


@pytest.mark.parametrize(("user", "goes_on"), [("ben", True), ("ana", False)])
async def test_an_answer_goes_on_from_papers_that_may_still_be_seen(
    shared: Desk, user: str, goes_on: bool
):
    [storm] = [one for one in shared.library.list_passages() if one.document == "storm.md"]
    told_before = [HumanMessage("Felicia의 오차는?"), AIMessage("Felicia의 오차는 [1]")]
    state = State(
        messages=[*told_before, HumanMessage("계속")],
        evidence=[Evidence(passage=storm, start=0, end=20)],
        cut="length",
    )
    model = ScriptedModel("What then?\na b\nb c\nc d")
    seen = shared.open_search().within(shared.library.list_visible_ids(user))

    update = await translate(state, profile=strong(model), catalogue=seen)

    assert bool(update["evidence"]) == bool(update["question"].told) == goes_on


async def test_seen_papers_change_from_turn_to_turn(shared: Desk):
    search = shared.open_search()
    question = "What is the error of the model on the coasts?"
    for user in ("ana", "ben", "ana"):
        visible = shared.library.list_visible_ids(user)
        asked = told(await ask(search, question, visible))
        assert ("Felicia" in str(asked["passages"])) == (user == "ben")


def test_the_options_of_a_run_have_a_schema_that_forms_are_made_of():
    schema = TypeAdapter(RunOptions).json_schema()["properties"]["papers"]

    assert schema["anyOf"] == [{"items": {"type": "integer"}, "type": "array"}, {"type": "null"}]
    assert schema["default"] is None
