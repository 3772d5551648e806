"""The chat client: how it asks OpenAI's API."""

from typing import Any

import pytest
from pydantic import BaseModel

from models.chat.open import ANSWER_TOKENS, TEMPERATURE, USUAL_WINDOW, find_window, open_chat
from models.connect.choose import Choice
from models.embedded.server import CONTEXT_TOKENS, SLOTS
from models.errors import NoModel
from models.tries import RETRIES
from nodes.strong.prompts import ANSWER_CITING, GRADE
from tests.fake_openai import FakeOpenAI
from tests.treatments import refuses

ANSWER = ANSWER_CITING.invoke(
    {
        "question": "층?",
        "english": "Layers?",
        "excerpts": "[1] x",
        "insufficient": "-",
        "language": "Korean",
    }
)


class Named(BaseModel):
    sentences: list[int]


def opened(**more: Any):
    return open_chat(Choice("openai", "gpt-4o-mini"), timeout=5, **more)


async def test_words_stream_and_add_up(openai: FakeOpenAI):
    chunks = [chunk async for chunk in opened().astream(ANSWER)]

    words = [chunk.text for chunk in chunks if chunk.text]
    assert len(words) > 2
    assert "".join(words) == openai.replies["answer"]
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert (usage[-1]["input_tokens"], usage[-1]["output_tokens"]) == (10, 5)


async def test_a_request_says_all_that_matters(openai: FakeOpenAI):
    await opened().ainvoke(ANSWER)

    [asked] = openai.requests
    assert asked.body["model"] == "gpt-4o-mini"
    assert asked.body["temperature"] == TEMPERATURE
    assert ANSWER_TOKENS in (asked.body.get("max_completion_tokens"), asked.body.get("max_tokens"))
    assert asked.key == "Bearer test-key"
    assert "[1] x" in asked.text


async def test_objects_are_asked_for_by_schema(openai: FakeOpenAI):
    chain = GRADE | opened().with_structured_output(Named)

    reply = await chain.ainvoke(
        {"question": "층?", "english": "Layers?", "title": "t", "sentences": "1. x"}
    )

    assert reply == Named(sentences=[1])
    wanted = openai.requests[0].body["response_format"]
    assert wanted["type"] == "json_schema"
    assert "sentences" in wanted["json_schema"]["schema"]["properties"]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_busy_server_is_asked_again(openai: FakeOpenAI, status: int):
    openai.faults["answer"] = [refuses(status)] * RETRIES

    reply = await opened().ainvoke(ANSWER)

    assert reply.text == openai.replies["answer"]
    assert openai.count("answer") == RETRIES + 1


@pytest.mark.parametrize(
    ("name", "window"), [("gpt-4.1-mini", 1_047_576), ("one-of-our-own", USUAL_WINDOW)]
)
def test_a_model_reads_as_much_as_is_known_of_it(name: str, window: int):
    assert find_window(Choice("openai", name)) == window


def test_the_embedded_model_leaves_room_for_a_chat():
    assert find_window(Choice("embedded")) == CONTEXT_TOKENS // SLOTS


def test_without_key_and_server_there_is_no_model():
    with pytest.raises(NoModel):
        opened()
