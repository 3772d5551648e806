"""Answer: words are told as they come, and what is said is checked."""

import re
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langgraph.graph import END, START, StateGraph

from models.errors import BadReply
from nodes.answer import answer
from nodes.citing.checks import UNVERIFIED
from nodes.fallback import INSUFFICIENT
from nodes.state import State
from retrieval.passages import Evidence
from tests.fakes import ScriptedModel, small, strong
from tests.samples import asking, evidence

THOUGHT = "It has 48 layers."
BILLIONS = "It has 10.7 billion parameters."
UNBORNE = "It has 50 layers, not 48. It cost 300 million dollars."
LAYERS = evidence("SOLAR has 48 layers.")
DEPTH = evidence("It was scaled up in depth from 32 layers.")


async def answered(
    model: ScriptedModel,
    *found: Evidence,
    cites: bool = True,
    asked: tuple[str, str] = ("층이 몇 개?", "How many layers?"),
) -> tuple[dict[str, Any], list[str | None]]:
    """The node's update, and what it told while it worked."""
    step = partial(answer, profile=strong(model) if cites else small(model))
    graph = StateGraph(State)
    graph.add_node("answer", step)
    graph.add_edge(START, "answer")
    graph.add_edge("answer", END)
    state = State(messages=[], question=asking(*asked), evidence=list(found))
    update, told = {}, []
    async for kind, part in graph.compile().astream(state, stream_mode=["updates", "custom"]):
        if kind == "custom":
            told.append(part["answer"])
        else:
            update = part["answer"]
    return update, told


async def test_words_are_told_one_by_one_and_add_up_to_the_answer():
    model = ScriptedModel("층은 모두 48개입니다 [1].")

    update, told = await answered(model, LAYERS)

    assert told[0] is None
    assert len(told) > 3
    assert "".join(told[1:]) == update["messages"][0].text == "층은 모두 48개입니다 [1]."
    assert update["citations"] == [LAYERS]
    assert update["outcome"] == "answered"


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


@pytest.mark.parametrize(
    "reply",
    [
        INSUFFICIENT,
        "정보가 부족하여 답할 수 없습니다 [1].",
        "죄송하지만 정보가 부족하여 모르겠습니다.",
    ],
)
@pytest.mark.parametrize("cites", [True, False])
async def test_a_refusal_ends_in_the_fixed_sentence(reply: str, cites: bool):
    model = ScriptedModel(reply) if cites else ScriptedModel(THOUGHT, reply)

    update, _ = await answered(model, LAYERS, cites=cites)

    assert [message.text for message in update["messages"]] == [INSUFFICIENT]
    assert update["outcome"] == "insufficient"
    assert update["citations"] == update["evidence"] == []


@pytest.mark.parametrize("reply", ["  \n", " [9] "])
async def test_an_empty_answer_is_a_bad_reply(reply: str):
    with pytest.raises(BadReply):
        await answered(ScriptedModel(reply), LAYERS)


class Cut(ScriptedModel):
    """A model that is stopped at its limit of tokens."""

    async def _astream(self, *args: Any, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        metadata = {"finish_reason": "length"}
        yield ChatGenerationChunk(message=AIMessageChunk("층은 모두 48개입니다. 그리고 데이터는"))
        yield ChatGenerationChunk(message=AIMessageChunk("", response_metadata=metadata))


async def test_an_answer_that_was_cut_off_shows_that_it_was():
    update, told = await answered(Cut(THOUGHT), LAYERS, cites=False)

    assert update["messages"][0].text == "층은 모두 48개입니다. [1] 그리고 데이터는… [1]"
    assert "".join(told[1:]) == update["messages"][0].text


class TestMending:
    async def test_what_code_finds_wrong_is_put_right_by_the_model_once(self):
        model = ScriptedModel("층은 50개입니다 [1].", "층은 48개입니다 [1].")

        update, told = await answered(model, LAYERS)

        assert update["messages"][0].text == "층은 48개입니다 [1]."
        assert told.count(None) == 2
        assert "50 does not stand in the evidence" in model.asked[1]
        assert "층은 50개입니다 [1]." in model.asked[1]

    async def test_what_is_wrong_even_then_is_labelled(self):
        model = ScriptedModel("층은 50개입니다 [1].", "층은 51개입니다 [1].")

        update, told = await answered(model, LAYERS)

        assert update["messages"][0].text == f"층은 50개입니다 [1]. ({UNVERIFIED})"
        assert told[-2:] == [None, update["messages"][0].text]
        assert len(model.asked) == 2

    async def test_an_answer_without_fault_is_asked_for_once(self):
        model = ScriptedModel("층은 48개입니다 [1].")

        await answered(model, LAYERS)

        assert len(model.asked) == 1

    async def test_a_model_that_gives_up_when_it_is_asked_again_keeps_its_draft(self):
        model = ScriptedModel("층은 50개입니다 [1].", " ")

        update, _ = await answered(model, LAYERS)

        assert UNVERIFIED in update["messages"][0].text


class TestSmallModels:
    async def test_an_answer_that_nothing_bears_is_none(self):
        model = ScriptedModel(UNBORNE, "층은 50개입니다. 비용은 3억 달러입니다.")

        update, _ = await answered(model, LAYERS, cites=False)

        assert update["messages"][0].text == INSUFFICIENT
        assert update["outcome"] == "insufficient"
        assert len(model.asked) == 2

    async def test_a_sentence_that_nothing_bears_is_labelled_beside_one_that_is_borne(self):
        model = ScriptedModel(UNBORNE, "층은 48개입니다. 비용은 3억 달러입니다.")

        update, _ = await answered(model, LAYERS, cites=False)

        assert update["messages"][0].text == (
            f"층은 48개입니다. [1] 비용은 3억 달러입니다. [1] ({UNVERIFIED})"
        )
        assert len(model.asked) == 2


async def test_the_reader_sees_one_restart_at_most():
    model = ScriptedModel(THOUGHT, "층이 몇 개?", "파라미터는 3.8억 개입니다.")
    source = "It has 3.8 billion parameters."

    update, told = await answered(model, evidence(source, text=source), cites=False)

    assert told.count(None) == 2
    assert told[-1] == update["messages"][0].text
    assert "38억" in told[-1]


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


LIES = [
    "층은 1,000개이고 [1] 비용은 3억 달러입니다 [2][9].",
    "SOLAR는 32층이 아니라 64층이며 [3], 저자는 Google입니다 [1]. 出典은 [2]입니다.",
    "The model has 48 layers [2].",
    "층은 48개입니다 [2]. 층은 32개입니다 [1]! 이름은 depth up-scaling인가요? [2, 3]",
    '"SOLAR has 96 layers." [1]',
]


@pytest.mark.parametrize("cites", [True, False])
@pytest.mark.parametrize("first", LIES)
@pytest.mark.parametrize("second", LIES[:3])
async def test_whatever_the_model_says_every_mark_leads_to_the_sources_own_words(
    first: str, second: str, cites: bool
):
    told = [first, second] if cites else [THOUGHT, first, second]

    update, _ = await answered(ScriptedModel(*told), LAYERS, DEPTH, cites=cites)

    text, citations = update["messages"][0].text, update["citations"]
    assert {int(mark) for mark in re.findall(r"\[(\d+)\]", text)} <= set(
        range(1, len(citations) + 1)
    )
    for piece in citations:
        assert piece.quote in piece.passage.text
        assert piece.page in piece.passage.pages
    for figure in re.findall(r"(?:1,000|3억|64|96)", text):
        assert UNVERIFIED in text, figure


async def test_a_small_models_figure_of_another_scale_is_corrected_by_code():
    model = ScriptedModel(THOUGHT, "파라미터는 3.8억 개이고, 토큰은 3.3억 개입니다.")
    source = "It has 3.8 billion parameters and saw 3.3 trillion tokens."

    update, told = await answered(model, evidence(source, text=source), cites=False)

    assert told[-1] == "파라미터는 38억 개이고, 토큰은 3조 3000억 개입니다. [1]"
    assert update["messages"][0].text == told[-1]
    assert len(model.asked) == 2


async def test_what_a_small_model_announces_and_never_says_is_cut():
    model = ScriptedModel(THOUGHT, "SOLAR는 층이 48개입니다. 다른 점은 다음과 같습니다.")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text == "SOLAR는 층이 48개입니다. [1]"
    assert told[-1] == "SOLAR는 층이 48개입니다. [1]"


async def test_an_announcement_that_is_all_of_an_answer_stays():
    model = ScriptedModel(THOUGHT, "다른 점은 다음과 같습니다.")

    update, _ = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text.startswith("다른 점은 다음과 같습니다.")


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
    assert "".join(told[len(told) - told[::-1].index(None) :]) == update["messages"][0].text
    assert "Question: 층이 몇 개?\nAnswer: It has 48 층." in model.asked[1]
    assert "It has 48 층." in model.asked[2]
    assert "층이 몇 개?" not in model.asked[2]


async def test_a_translation_that_is_useless_twice_is_the_first():
    model = ScriptedModel(THOUGHT, "층이 몇 개?", "몇 층이 몇 개?")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text == "층이 몇 개? [1]"
    assert told.count(None) == 1  # what the reader has seen stays


class TestLostMeaning:
    """To the fake embeddings, the question and its English have half of their words in common."""

    ASKED = ("SOLAR layers 몇 개?", "How many SOLAR layers?")
    LOST = "깊이가 늘어난 모델입니다."

    async def test_a_translation_that_says_something_else_is_made_again(self):
        model = ScriptedModel(THOUGHT, self.LOST, "48 layers를 가집니다.")

        update, told = await answered(model, LAYERS, cites=False, asked=self.ASKED)

        assert update["messages"][0].text == "48 layers를 가집니다. [1]"
        assert "".join(told[len(told) - told[::-1].index(None) :]) == update["messages"][0].text
        assert "SOLAR layers 몇 개?" not in model.asked[2]

    async def test_it_stays_where_the_other_is_no_nearer(self):
        model = ScriptedModel(THOUGHT, self.LOST, "아주 깊은 모델입니다.")

        update, told = await answered(model, LAYERS, cites=False, asked=self.ASKED)

        assert update["messages"][0].text == f"{self.LOST} [1]"
        assert told.count(None) == 1

    async def test_nothing_tells_how_near_a_translation_of_an_english_question_should_lie(self):
        model = ScriptedModel(THOUGHT, self.LOST)

        update, _ = await answered(model, LAYERS, cites=False, asked=self.ASKED[1:] * 2)

        assert update["messages"][0].text == f"{self.LOST} [1]"
        assert len(model.asked) == 2


async def test_scales_and_terms_are_put_into_korean_before_the_model_translates():
    model = ScriptedModel(BILLIONS, "파라미터는 107억 개입니다.")

    await answered(model, evidence(BILLIONS, BILLIONS), cites=False)

    assert "Answer: It has 107억 파라미터." in model.asked[1]


async def test_of_two_useless_translations_the_nearer_is_taken():
    model = ScriptedModel(THOUGHT, "층이 몇 개?", "48 layers를 가진 層입니다.")

    update, _ = await answered(model, LAYERS, cites=False)

    assert update["messages"][0].text.startswith("48 layers를 가진 層입니다. [1]")


async def test_a_small_model_that_finds_nothing_ends_in_the_fixed_sentence():
    model = ScriptedModel("The excerpts do not say.", "층의 수에 대한 정보는 없습니다.")

    update, _ = await answered(model, LAYERS, cites=False)

    assert update["outcome"] == "insufficient"


async def test_a_figure_of_another_scale_is_corrected_from_wherever_it_stands():
    text = "Languages and their native speakers in the table. Korean has 81 million."
    heading = evidence("Languages and their native speakers in the table.", text)
    row = evidence("Korean has 81 million.", text)
    model = ScriptedModel(THOUGHT, "표의 언어별 원어민 수(native speakers)는 81만 명입니다.")

    update, _ = await answered(model, heading, row, cites=False)

    assert "8100만 명입니다." in update["messages"][0].text
    assert row in update["citations"]


async def test_a_small_model_that_names_no_amount_where_one_is_asked_for_has_no_answer():
    model = ScriptedModel("The depth is scaled up in step 2.")

    update, told = await answered(model, LAYERS, cites=False)

    assert update["outcome"] == "insufficient"
    assert told == [] or told[-1] == INSUFFICIENT


async def test_a_yes_is_put_into_korean_before_the_model_translates():
    model = ScriptedModel("Yes, SOLAR has 48 layers.", "네, SOLAR는 48층입니다.")

    await answered(model, LAYERS, cites=False, asked=("48층이 맞아?", "Does SOLAR have 48 layers?"))

    assert "Answer: 네, SOLAR has 48" in model.asked[1]


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
    ],
)
async def test_a_refusal_keeps_its_rule_and_what_it_met(script: list[str], rule: str):
    update, _ = await answered(ScriptedModel(*script), LAYERS, cites=False)

    assert update["refusal"].rule == rule
    assert update["refusal"].detail == script[-1]


async def test_a_figure_that_a_small_model_guesses_is_no_answer():
    update, _ = await answered(Unsure("It is 48 .", "48층입니다."), LAYERS, cites=False)

    assert update["outcome"] == "insufficient"


async def test_a_row_that_was_told_in_part_is_told_in_full():
    table = "Task\tEXAONE 3.0\tPhi-3\nGSM8K\t79.8\t86.4\nMATH\t34.1\t32.1"
    korean = "GSM8K에서 EXAONE 3.0은 79.8, Phi-3는 86.4입니다."
    model = ScriptedModel("Both have 79.8.", korean, korean)
    asked = ("GSM8K에서 EXAONE 3.0이랑 Phi-3는?", "What do EXAONE 3.0 and Phi-3 score on GSM8K?")

    await answered(model, evidence("GSM8K\t79.8\t86.4", table), cites=False, asked=asked)

    assert "value of EXAONE 3.0 is 79.8, and the value of Phi-3 is 86.4." in model.asked[1]
