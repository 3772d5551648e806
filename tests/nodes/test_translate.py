"""Translate: one English question that stands alone."""

from functools import partial

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from language.loanwords import Loanwords
from models.errors import BadReply
from nodes import translate as node
from nodes.errors import MAX_QUESTION, EmptyQuestion, LongQuestion, VagueQuestion
from nodes.state import State
from nodes.translate import TITLES, TURN_LENGTH, TURNS
from tests.fakes import FakeEmbeddings, ScriptedModel
from tests.samples import evidence, hit


def titles() -> list[str]:
    return ["SOLAR 10.7B", "EXAONE 3.0"]


translate = partial(node.translate, loanwords=lambda: Loanwords({"SOLAR": 3, "EXAONE": 3}))


def after(*turns: str) -> State:
    """A conversation of the user's and the assistant's turns, one after the other."""
    messages: list[AnyMessage] = [
        AIMessage(turn) if number % 2 else HumanMessage(turn) for number, turn in enumerate(turns)
    ]
    return State(messages=messages)


async def test_english_passes_through_without_a_call():
    model = ScriptedModel()

    update = await translate(after(" Why is SOLAR deep? "), model=model, titles=titles)

    assert update["question"] == update["english"] == "Why is SOLAR deep?"
    assert model.asked == []


async def test_korean_is_translated_with_the_titles_at_hand():
    model = ScriptedModel(" Why is SOLAR deep?\n")

    update = await translate(after("솔라는 왜 깊어?"), model=model, titles=titles)

    assert update["question"] == "솔라는 왜 깊어?"
    assert update["english"] == "Why is SOLAR deep?"
    assert "SOLAR는 왜 깊어?" in model.asked[0]
    assert "- SOLAR 10.7B\n- EXAONE 3.0" in model.asked[0]


@pytest.mark.parametrize("question", ["ㅋㅋ RNN?", "모델 A", "\u1112\u1161\u11ab model"])
async def test_any_hangul_is_translated(question: str):
    model = ScriptedModel("A model?")

    update = await translate(after(question), model=model, titles=titles)

    assert update["english"] == "A model?"


async def test_a_follow_up_takes_the_turns_before_along():
    model = ScriptedModel("How many layers does SOLAR have?")
    state = after("SOLAR가 뭐야?", "언어 모델입니다 [1].", "layers?")

    update = await translate(state, model=model, titles=titles)

    assert update["question"] == "layers?"
    assert update["english"] == "How many layers does SOLAR have?"
    assert "User: SOLAR가 뭐야?\nAssistant: 언어 모델입니다 [1]." in model.asked[0]
    assert "Latest question: layers?\n\n" in model.asked[0]


async def test_only_the_last_turns_are_read_and_only_their_beginnings():
    model = ScriptedModel("What?")
    turns = [f"turn {number} " + "x" * 2 * TURN_LENGTH for number in range(8)]

    await translate(after(*turns, "그리고 EXAONE은?"), model=model, titles=titles)

    assert [f"turn {number} " in model.asked[0] for number in range(8)] == [
        number >= 8 - TURNS for number in range(8)
    ]
    assert model.asked[0].count("x" * (TURN_LENGTH - len("turn 0 "))) == TURNS
    assert "x" * TURN_LENGTH not in model.asked[0]


async def test_many_titles_do_not_swell_the_prompt():
    model = ScriptedModel("What?")

    await translate(
        after("솔라 title?"),
        model=model,
        titles=lambda: [f"title {number}." for number in range(99)],
    )

    assert f"title {TITLES - 1}." in model.asked[0]
    assert f"title {TITLES}." not in model.asked[0]


async def test_braces_in_a_question_are_only_words():
    model = ScriptedModel("What is {x}?")

    update = await translate(after("{x}는 {question}인가요?"), model=model, titles=titles)

    assert update["english"] == "What is {x}?"
    assert "{x}는 {question}인가요?" in model.asked[0]


async def test_a_strong_model_writes_the_queries_in_the_same_call():
    model = ScriptedModel(
        "Why is SOLAR deep?\n- SOLAR depth\n- SOLAR is deep because\n- layers\n- more"
    )

    update = await translate(after("솔라는 왜 깊어?"), model=model, titles=titles, rewrites=True)

    assert update["english"] == "Why is SOLAR deep?"
    assert update["queries"] == ["SOLAR depth", "SOLAR is deep because", "layers"]
    assert "- SOLAR 10.7B\n- EXAONE 3.0" in model.asked[0]


async def test_of_two_translations_the_nearer_is_answered_and_the_other_searched_with():
    model = ScriptedModel("Is it deep?", "What makes SOLAR deep?")

    update = await translate(
        after("솔라는 왜 깊어?"), model=model, titles=titles, embeddings=FakeEmbeddings()
    )

    assert (update["english"], update["queries"]) == ("What makes SOLAR deep?", ["Is it deep?"])
    assert "SOLAR는 왜 깊어?" in model.asked[1]
    assert "SOLAR 10.7B" not in model.asked[1]


async def test_of_two_translations_as_near_the_first_is_answered():
    model = ScriptedModel("Why is SOLAR deep?", "Why does SOLAR go deep?")

    update = await translate(
        after("왜 깊어?"), model=model, titles=titles, embeddings=FakeEmbeddings()
    )

    assert update["english"] == "Why is SOLAR deep?"


async def test_the_same_translation_again_is_no_query():
    model = ScriptedModel("Why is SOLAR deep?", "Why is SOLAR deep?")

    update = await translate(
        after("솔라는 왜 깊어?"), model=model, titles=titles, embeddings=FakeEmbeddings()
    )

    assert (update["english"], update["queries"]) == ("Why is SOLAR deep?", [])


async def test_a_follow_up_is_translated_once():
    model = ScriptedModel("How many layers has EXAONE?")

    update = await translate(
        after("SOLAR 층 수는?", "48개입니다.", "그럼 EXAONE은?"),
        model=model,
        titles=titles,
        embeddings=FakeEmbeddings(),
    )

    assert (update["english"], update["queries"]) == ("How many layers has EXAONE?", [])


async def test_the_turn_starts_clean():
    state = State(
        messages=[HumanMessage("Why?"), AIMessage("So."), HumanMessage("SOLAR?")],
        queries=["old"],
        passages=[hit()],
        graded=["1"],
        evidence=[evidence("SOLAR has 48 layers.")],
        citations=[evidence("SOLAR has 48 layers.")],
        searches=2,
        outcome="answered",
    )

    update = await translate(state, model=ScriptedModel("What is SOLAR?"), titles=titles)

    assert update == {
        "question": "SOLAR?",
        "spelt": "SOLAR?",
        "english": "What is SOLAR?",
        "queries": [],
        "passages": [],
        "graded": [],
        "evidence": [],
        "citations": [],
        "searches": 0,
        "outcome": None,
    }


@pytest.mark.parametrize("messages", [[], [HumanMessage("")], [HumanMessage(" \n\t")]])
async def test_nothing_asked_is_said_so(messages: list[AnyMessage]):
    with pytest.raises(EmptyQuestion, match="질문을 입력"):
        await translate(State(messages=messages), model=ScriptedModel(), titles=titles)


async def test_too_long_a_question_names_the_limit():
    model = ScriptedModel()

    with pytest.raises(LongQuestion, match=r"20,000자.*2,000자 이내"):
        await translate(after("가" * 20_000), model=model, titles=titles)

    assert model.asked == []


async def test_a_question_of_just_the_limit_is_taken():
    model = ScriptedModel("What?")

    update = await translate(after("가" * MAX_QUESTION), model=model, titles=titles)

    assert update["english"] == "What?"


@pytest.mark.parametrize("question", ["그럼?", "그럼", "왜?", "Then?", "And why?", "?", "..."])
async def test_a_bare_joining_word_with_nothing_before_it_is_too_vague(question: str):
    with pytest.raises(VagueQuestion, match="자세히"):
        await translate(after(question), model=ScriptedModel(), titles=titles)


async def test_a_joining_word_leans_on_the_turn_before():
    model = ScriptedModel("Why does SOLAR have 48 layers?")

    update = await translate(
        after("SOLAR 층 수는?", "48개입니다.", "그럼?"), model=model, titles=titles
    )

    assert update["english"] == "Why does SOLAR have 48 layers?"


async def test_an_empty_translation_is_a_bad_reply():
    with pytest.raises(BadReply):
        await translate(after("솔라?"), model=ScriptedModel(" \n"), titles=titles)


async def test_of_many_titles_those_that_the_question_may_name_are_told():
    many = [f"Paper {number}" for number in range(30)] + ["SOLAR 10.7B"]
    model = ScriptedModel("Why?")

    await translate(after("SOLAR는 왜 깊어?"), model=model, titles=lambda: many)

    assert "- SOLAR 10.7B" in model.asked[0]
    assert "- Paper" not in model.asked[0]


async def test_a_question_with_turns_before_it_is_asked_for_in_english():
    model = ScriptedModel("How many layers has EXAONE?", "How many layers has SOLAR?")

    await translate(after("SOLAR는 48층?", "네.", "그럼 EXAONE은?"), model=model, titles=titles)
    await translate(after("SOLAR는 몇 층?"), model=model, titles=titles)

    assert "그럼 EXAONE은?\n\nThe latest question as one English question" in model.asked[0]
    assert "stands alone:" not in model.asked[1]
