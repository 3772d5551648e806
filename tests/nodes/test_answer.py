"""Answer: words are told as they come, and what is said is checked."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from models.faults import BadReply
from nodes.citing.checks import UNVERIFIED
from nodes.fallback import INSUFFICIENT
from tests.fakes import ScriptedModel
from tests.nodes.answering import DEPTH, LAYERS, THOUGHT, answered


async def test_words_are_told_one_by_one_and_add_up_to_the_answer():
    model = ScriptedModel("층은 모두 48개입니다 [1].")

    update, told = await answered(model, LAYERS)

    assert told[0] is None
    assert len(told) > 3
    assert "".join(told[1:]) == update["messages"][0].text == "층은 모두 48개입니다 [1]."
    assert update["citations"] == [LAYERS]
    assert update["outcome"] == "answered"


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


@pytest.mark.parametrize("cites", [True, False])
async def test_a_full_answer_is_asked_of_a_strong_model_alone(cites: bool):
    replies = ["층은 모두 48개입니다 [1]."] if cites else [THOUGHT, "층은 모두 48개입니다."]
    short, full = ScriptedModel(*replies), ScriptedModel(*replies)

    await answered(short, LAYERS, cites=cites)
    await answered(full, LAYERS, cites=cites, length="full")

    assert (short.asked != full.asked) is cites
    assert ("in full" in full.asked[0]) is cites
