"""Translate: one English question that stands alone."""

from collections.abc import Sequence

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from language.loanwords import Loanwords
from models.faults import BadReply
from nodes.conversation import MAX_TITLES, TURN_LENGTH
from nodes.errors import MAX_QUESTION, EmptyQuestion, LongQuestion, VagueQuestion
from nodes.profile import ModelProfile
from nodes.question import Question
from nodes.state import State
from nodes.translate import TURNS, translate
from tests.fakes import ScriptedModel, small, strong
from tests.graph.wired import Shelf
from tests.samples import asking, evidence, hit

TITLES = ("SOLAR 10.7B", "EXAONE 3.0")


class Titles(Shelf):
    """A library that speaks of SOLAR and EXAONE, with titles as given."""

    def __init__(self, *titles: str) -> None:
        super().__init__()
        self.titles = titles

    def list_titles(self) -> list[str]:
        return list(self.titles)

    def load_loanwords(self) -> Loanwords:
        return Loanwords({"SOLAR": 3, "EXAONE": 3})


def after(*turns: str) -> State:
    """A conversation of the user's and the assistant's turns, one after the other."""
    messages: list[AnyMessage] = [
        AIMessage(turn) if number % 2 else HumanMessage(turn) for number, turn in enumerate(turns)
    ]
    return State(messages=messages)


async def understood(
    profile: ModelProfile, *turns: str, titles: Sequence[str] = TITLES
) -> Question:
    """What the node makes of the last turn."""
    update = await translate(after(*turns), profile=profile, catalogue=Titles(*titles))
    question: Question = update["question"]
    return question


@pytest.mark.parametrize("profile", [small, strong])
async def test_english_passes_through_without_a_call(profile):
    model = ScriptedModel()

    question = await understood(profile(model), " Why is SOLAR deep? ")

    assert question.asked == question.normalised == question.english == "Why is SOLAR deep?"
    assert model.asked == []


@pytest.mark.parametrize("profile", [small, strong])
@pytest.mark.parametrize("question", ["ㅋㅋ RNN?", "모델 A", "\u1112\u1161\u11ab model"])
async def test_any_hangul_is_translated(question: str, profile):
    model = ScriptedModel("A model?", "A model?")

    assert (await understood(profile(model), question)).english == "A model?"


@pytest.mark.parametrize("profile", [small, strong])
async def test_only_the_last_turns_are_read_and_only_their_beginnings(profile):
    model = ScriptedModel("What?")
    turns = [f"turn {number} " + "x" * 2 * TURN_LENGTH for number in range(8)]

    await understood(profile(model), *turns, "그리고 EXAONE은?")

    assert [f"turn {number} " in model.asked[0] for number in range(8)] == [
        number >= 8 - TURNS for number in range(8)
    ]
    assert model.asked[0].count("x" * (TURN_LENGTH - len("turn 0 "))) == TURNS
    assert "x" * TURN_LENGTH not in model.asked[0]


@pytest.mark.parametrize("profile", [small, strong])
async def test_many_titles_do_not_swell_the_prompt(profile):
    model = ScriptedModel("What?", "What?")

    await understood(profile(model), "솔라 title?", titles=[f"title {n}." for n in range(99)])

    assert f"title {MAX_TITLES - 1}." in model.asked[0]
    assert f"title {MAX_TITLES}." not in model.asked[0]


@pytest.mark.parametrize("profile", [small, strong])
async def test_of_many_titles_those_that_the_question_may_name_are_told(profile):
    many = [*(f"Paper {number}" for number in range(30)), "SOLAR 10.7B"]
    model = ScriptedModel("Why?", "Why?")

    await understood(profile(model), "SOLAR는 왜 깊어?", titles=many)

    assert "- SOLAR 10.7B" in model.asked[0]
    assert "- Paper" not in model.asked[0]


@pytest.mark.parametrize("profile", [small, strong])
async def test_braces_in_a_question_are_only_words(profile):
    model = ScriptedModel("What is {x}?", "What is {x}?")

    question = await understood(profile(model), "{x}는 {question}인가요?")

    assert question.english == "What is {x}?"
    assert "{x}는 {question}인가요?" in model.asked[0]


@pytest.mark.parametrize("profile", [small, strong])
async def test_a_joining_word_leans_on_the_turn_before(profile):
    model = ScriptedModel("Why does SOLAR have 48 layers?")

    question = await understood(profile(model), "SOLAR 층 수는?", "48개입니다.", "그럼?")

    assert question.english == "Why does SOLAR have 48 layers?"


@pytest.mark.parametrize("profile", [small, strong])
async def test_an_empty_translation_is_a_bad_reply(profile):
    with pytest.raises(BadReply):
        await understood(profile(ScriptedModel(" \n", " \n")), "솔라?")


class TestStrongModels:
    async def test_the_queries_are_written_in_the_same_call(self):
        model = ScriptedModel(
            "Why is SOLAR deep?\n- SOLAR depth\n- SOLAR is deep because\n- layers\n- more"
        )

        question = await understood(strong(model), "솔라는 왜 깊어?")

        assert question.english == "Why is SOLAR deep?"
        assert list(question.queries) == ["SOLAR depth", "SOLAR is deep because", "layers"]
        assert "- SOLAR 10.7B\n- EXAONE 3.0" in model.asked[0]

    @pytest.mark.parametrize(
        "question", ["배열을 정렬하는 방법은?", "원주율 파이 3.14는 어디에 쓰나요?", "솔라는 7조?"]
    )
    async def test_the_question_stays_as_it_was_typed(self, question: str):
        model = ScriptedModel("What?\na\nb\nc")

        found = await understood(strong(model), question, titles=["Phi 3"])

        assert found.normalised == question
        assert model.asked[0].endswith(question)


class TestSmallModels:
    async def test_names_are_spelt_as_the_titles_do(self):
        model = ScriptedModel(" Why is SOLAR deep?\n", "Why is SOLAR deep?")

        question = await understood(small(model), "솔라는 왜 깊어?")

        assert question.asked == "솔라는 왜 깊어?"
        assert question.normalised == "SOLAR는 왜 깊어?"
        assert question.english == "Why is SOLAR deep?"
        assert "SOLAR는 왜 깊어?" in model.asked[0]
        assert "- SOLAR 10.7B\n- EXAONE 3.0" in model.asked[0]

    async def test_of_two_translations_the_nearer_is_answered_and_the_other_searched_with(self):
        model = ScriptedModel("Is it deep?", "What makes SOLAR deep?")

        question = await understood(small(model), "솔라는 왜 깊어?")

        assert question.english == "What makes SOLAR deep?"
        assert list(question.queries) == ["Is it deep?"]
        assert question.translations == 2
        assert "SOLAR는 왜 깊어?" in model.asked[1]
        assert "SOLAR 10.7B" not in model.asked[1]

    async def test_of_two_translations_as_near_the_first_is_answered(self):
        model = ScriptedModel("Why is SOLAR deep?", "Why does SOLAR go deep?")

        assert (await understood(small(model), "왜 깊어?")).english == "Why is SOLAR deep?"

    async def test_the_same_translation_again_is_no_query(self):
        model = ScriptedModel("Why is SOLAR deep?", "Why is SOLAR deep?")

        question = await understood(small(model), "솔라는 왜 깊어?")

        assert (question.english, list(question.queries)) == ("Why is SOLAR deep?", [])

    async def test_a_follow_up_is_translated_once_with_the_turns_before(self):
        model = ScriptedModel("How many layers does SOLAR have?")

        question = await understood(
            small(model), "SOLAR가 뭐야?", "언어 모델입니다 [1].", "layers?"
        )

        assert question.asked == "layers?"
        assert (question.english, list(question.queries)) == (
            "How many layers does SOLAR have?",
            [],
        )
        assert "User: SOLAR가 뭐야?\nAssistant: 언어 모델입니다 [1]." in model.asked[0]
        assert "Latest question: layers?\n\n" in model.asked[0]
        assert "The latest question as one English question" in model.asked[0]


async def test_the_turn_starts_clean():
    state = State(
        messages=[HumanMessage("Why?"), AIMessage("So."), HumanMessage("SOLAR?")],
        question=asking("Why?", "Why?", queries=["old"]),
        passages=[hit()],
        graded=["1"],
        evidence=[evidence("SOLAR has 48 layers.")],
        citations=[evidence("SOLAR has 48 layers.")],
        searches=2,
        outcome="answered",
    )

    update = await translate(
        state, profile=small(ScriptedModel("What is SOLAR?")), catalogue=Shelf()
    )

    assert update == {
        "question": asking("SOLAR?", "What is SOLAR?", queries=[]),
        "passages": [],
        "graded": [],
        "dropped": {},
        "evidence": [],
        "citations": [],
        "searches": 0,
        "refusal": None,
        "outcome": None,
        "cut": None,
        "left_out": 0,
        "replaced": [],
    }


@pytest.mark.parametrize("messages", [[], [HumanMessage("")], [HumanMessage(" \n\t")]])
async def test_nothing_asked_is_said_so(messages: list[AnyMessage]):
    with pytest.raises(EmptyQuestion, match="질문을 입력"):
        await translate(State(messages=messages), profile=small(ScriptedModel()), catalogue=Shelf())


async def test_too_long_a_question_names_the_limit():
    model = ScriptedModel()

    with pytest.raises(LongQuestion, match=r"20,000자.*2,000자 이내"):
        await understood(small(model), "가" * 20_000)

    assert model.asked == []


async def test_a_question_of_just_the_limit_is_taken():
    model = ScriptedModel("What?", "What?")

    assert (await understood(small(model), "가" * MAX_QUESTION)).english == "What?"


@pytest.mark.parametrize("question", ["그럼?", "그럼", "왜?", "Then?", "And why?", "?", "..."])
async def test_a_bare_joining_word_with_nothing_before_it_is_too_vague(question: str):
    with pytest.raises(VagueQuestion, match="자세히"):
        await understood(small(ScriptedModel()), question)


async def test_a_greeting_or_a_list_before_it_is_nothing_to_lean_on():
    model = ScriptedModel("How many layers does SOLAR have?", "How many layers are in SOLAR?")
    turns = (
        "안녕하세요!",
        "안녕하세요! 물어보세요.",
        "어떤 논문이 있어?",
        "라이브러리에 논문 8편이 있습니다.",
    )

    await understood(small(model), *turns, "SOLAR는 층이 몇 개야?")

    assert all("Conversation before" not in asked for asked in model.asked)
    assert not any("8편" in asked for asked in model.asked)
