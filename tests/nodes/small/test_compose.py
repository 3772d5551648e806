"""A small model thinks in English, and is refused what nothing bears."""

import re
from typing import Any

import pytest

from nodes.answer_language import Language
from nodes.citing.stream import QUOTES
from nodes.fallback import INSUFFICIENT
from tests.fakes import ScriptedModel
from tests.nodes.answering import DEPTH, LAYERS, THOUGHT, answered
from tests.samples import evidence

UNBORNE = "It has 50 layers, not 48. It cost 300 million dollars."


async def test_a_model_that_marks_nothing_has_its_sentences_tied():
    model = ScriptedModel(THOUGHT, "층의 수는 32에서 늘렸습니다.\n층의 수는 48입니다.")

    update, _ = await answered(model, LAYERS, DEPTH, cites=False)

    assert update["messages"][0].text == (
        "층의 수는 32에서 늘렸습니다. [1]\n층의 수는 48입니다. [2]"
    )
    assert update["citations"] == [DEPTH, LAYERS]


async def test_a_small_model_reads_the_best_last_under_its_title():
    other = evidence("Tides follow.", "Tides follow.", "2", title="Tides")
    model = ScriptedModel(THOUGHT, "층은 48개입니다.")

    await answered(model, LAYERS, DEPTH, other, cites=False)

    assert (
        '<paper title="Tides">\nTides follow.\n</paper>\n'
        f'<paper title="SOLAR 10.7B">\n{LAYERS.quote}\n...\n{DEPTH.quote}\n</paper>'
    ) in model.asked[0]


class TestSmallModels:
    async def test_an_answer_that_nothing_bears_is_none(self):
        model = ScriptedModel(UNBORNE, "층은 50개입니다. 비용은 3억 달러입니다.")

        update, _ = await answered(model, LAYERS, cites=False)

        assert update["messages"][0].text == INSUFFICIENT
        assert update["outcome"] == "insufficient"
        assert len(model.asked) == 2

    async def test_a_sentence_that_nothing_bears_is_left_out_beside_one_that_tells_its_source(self):
        model = ScriptedModel(UNBORNE, "층은 48개입니다. 비용은 3억 달러입니다.")

        update, _ = await answered(model, LAYERS, cites=False)

        assert update["messages"][0].text == "층은 48개입니다. [1]"
        assert update["outcome"] == "answered"
        assert len(model.asked) == 2


async def test_a_small_model_that_finds_nothing_ends_in_the_fixed_sentence():
    model = ScriptedModel("The excerpts do not say.", "층의 수에 대한 정보는 없습니다.")

    update, _ = await answered(model, LAYERS, cites=False)

    assert update["outcome"] == "insufficient"


async def test_a_small_model_that_names_no_amount_where_one_is_asked_for_has_no_answer():
    model = ScriptedModel("The depth is scaled up in step 2.")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["outcome"] == "insufficient"
    assert told == [] or told[-1] == INSUFFICIENT


class Unsure(ScriptedModel):
    """Tells with its first reply how likely it held each word."""

    def _generate(self, *args: Any, **kwargs: Any) -> Any:
        result = super()._generate(*args, **kwargs)
        message = result.generations[0].message
        words = [{"token": word, "logprob": -1.5} for word in re.findall(r"\S+\s*", message.text)]
        message.response_metadata["logprobs"] = {"content": words}
        return result


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        (["It is deep."], "no_amount"),
        (["It has 48 layers.", "정보가 부족하여 답할 수 없습니다."], "model_refused"),
        (["It has 50 layers.", "층은 50개입니다."], "nothing_confirmed"),
        (["It has 50.", "층은 50개입니다. 층은 50개입니다."], "nothing_confirmed"),
    ],
)
async def test_a_refusal_keeps_its_rule_and_what_it_met(script: list[str], rule: str):
    update, _ = await answered(ScriptedModel(*script), LAYERS, cites=False)

    assert update["refusal"].rule == rule
    assert update["refusal"].detail == script[-1]


async def test_a_figure_that_a_small_model_guesses_is_no_answer():
    update, _ = await answered(Unsure("It is 48 .", "48층입니다."), LAYERS, cites=False)

    assert update["outcome"] == "quoted"
    assert "48층입니다" not in update["messages"][0].text


class TestEnglish:
    """A question in English, or that asks for English, is answered in English."""

    @pytest.mark.parametrize(
        ("asked", "answer_in"),
        [("How many layers does it have?", None), ("층이 몇 개인지 답해 줘.", "English")],
    )
    async def test_what_the_model_thought_is_the_answer(
        self, asked: str, answer_in: Language | None
    ):
        model = ScriptedModel(THOUGHT)

        update, _ = await answered(
            model, LAYERS, cites=False, asked=(asked, "How many layers?"), answer_in=answer_in
        )

        assert update["messages"][0].text == f"{THOUGHT} [1]"
        assert update["outcome"] == "answered"

    async def test_without_figures_it_gives_way_to_its_source(self):
        model = ScriptedModel("Both copies are tied to one another and scaled.")
        asked = ("How is it scaled up?", "How is it scaled up?")

        update, _ = await answered(model, DEPTH, cites=False, asked=asked)

        assert update["messages"][0].text == f"The paper says: “{DEPTH.quote}” [1]"
        assert update["outcome"] == "quoted"

    async def test_what_its_source_denies_gives_way_to_the_source(self):
        model = ScriptedModel("It does not have 48 layers.")
        asked = ("Does it have 48 layers?", "Does it have 48 layers?")

        update, _ = await answered(model, LAYERS, cites=False, asked=asked)

        assert update["messages"][0].text == f"The paper says: “{LAYERS.quote}” [1]"
        assert update["outcome"] == "quoted"


class TestOffTheQuestion:
    async def test_an_answer_that_says_the_question_gives_way_to_its_source(self):
        model = ScriptedModel("It was scaled up.", "깊이를 늘렸습니다.", "깊이를 늘렸습니다.")
        asked = ("어떻게 깊이를 늘렸나요?", "How was it scaled up?")

        update, _ = await answered(model, DEPTH, cites=False, asked=asked)

        assert update["outcome"] == "quoted"

    async def test_one_without_a_reason_gives_way_where_it_is_asked_why(self):
        model = ScriptedModel(THOUGHT, "층이 48개입니다.")
        asked = ("왜 층을 늘렸나요?", "Why was it scaled up?")

        update, _ = await answered(model, LAYERS, cites=False, asked=asked)

        assert update["outcome"] == "quoted"


class TestDoubt:
    """A figure in doubt gives way to what the source nearest to the question says."""

    async def test_the_nearest_source_is_quoted_where_it_tells_an_amount(self):
        update, _ = await answered(Unsure("It is 50 ."), LAYERS, cites=False)

        assert update["messages"][0].text == f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"
        assert update["outcome"] == "quoted"

    @pytest.mark.parametrize(
        "nearest",
        [
            "Table 3: How many layers it has.",
            "SOLAR 10.7B has many layers [12], as Section 4 says.",
            "It has many layers.",
        ],
    )
    async def test_one_that_tells_none_is_not(self, nearest: str):
        update, _ = await answered(Unsure("It is 50 ."), evidence(nearest, nearest), cites=False)

        assert update["outcome"] == "insufficient"
        assert update["refusal"].rule == "uncertain_figure"
