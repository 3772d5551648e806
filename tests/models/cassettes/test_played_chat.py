"""A chat model behind a cassette: recorded with a model, and played where there is none."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from models.cassettes.cassette import Cassette
from models.chat.open import open_chat
from models.connect.choose import Choice
from models.embedded.server import Server
from models.errors import NotRecorded
from models.faults import BrokenStream
from nodes.strong.prompts import ANSWER_CITING, GRADE
from tests.fake_openai import FakeOpenAI
from tests.models.recording import CHAT, MODELS, calls, chat, embeddings, loaded
from tests.treatments import breaks_off, refuses

ANSWER = ANSWER_CITING.invoke(
    {
        "question": "층?",
        "english": "Layers?",
        "excerpts": "[1] x",
        "insufficient": "-",
        "language": "Korean",
    }
)
WANTED = {"question": "층?", "english": "Layers?", "title": "t", "sentences": "1. x"}


class Named(BaseModel):
    sentences: list[int]


async def streamed(cassette: Cassette) -> list[tuple[str, Any]]:
    chunks = [chunk async for chunk in chat(cassette).astream(ANSWER)]
    return [(chunk.text, chunk.usage_metadata) for chunk in chunks]


async def begun(cassette: Cassette, words: int) -> list[str]:
    """What a reader hears who stops after so many words."""
    heard: list[str] = []
    async with aclosing(chat(cassette).astream(ANSWER)) as chunks:
        async for chunk in chunks:
            heard += filter(None, [chunk.text])
            if len(heard) == words:
                break
    await asyncio.sleep(0.05)  # the client lets go of its connection in its own time
    return heard


async def test_a_stream_is_played_with_its_usage(
    openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
):
    recorded = await streamed(loaded(path))
    without_model()

    cassette = loaded(path)
    assert await streamed(cassette) == recorded
    assert "".join(text for text, _ in recorded) == openai.replies["answer"]
    assert cassette.count_calls() == {"played": 1, "recorded": 0, "missed": 0}


async def test_objects_asked_for_by_schema_are_played(
    path: Path, without_model: Callable[[], None]
):
    chain = GRADE | chat(loaded(path)).with_structured_output(Named)
    recorded = await chain.ainvoke(WANTED)
    without_model()

    chain = GRADE | chat(loaded(path)).with_structured_output(Named)
    assert await chain.ainvoke(WANTED) == recorded == Named(sentences=[1])


async def test_recording_changes_nothing_of_what_is_asked(openai: FakeOpenAI, path: Path):
    await chat(loaded(path)).ainvoke(ANSWER)
    await open_chat(CHAT, timeout=5).ainvoke(ANSWER)

    recorded, plain = openai.requests
    assert recorded == plain


def test_the_key_is_not_in_the_file(openai: FakeOpenAI, path: Path):
    asyncio.run(chat(loaded(path)).ainvoke(ANSWER))

    assert openai.requests[0].key == "Bearer test-key"
    assert "test-key" not in path.read_text("utf-8")


async def test_the_same_request_is_answered_in_order_and_then_as_last(
    openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
):
    cassette = loaded(path)
    for words in ("하나", "둘"):
        openai.replies["answer"] = words
        assert (await chat(cassette).ainvoke(ANSWER)).text == words
    without_model()

    model = chat(loaded(path))
    replies = [(await model.ainvoke(ANSWER)).text for _ in range(3)]

    assert replies == ["하나", "둘", "둘"]


async def test_faults_are_not_kept(openai: FakeOpenAI, path: Path):
    openai.faults["answer"] = [refuses(500), refuses(429)]

    await chat(loaded(path)).ainvoke(ANSWER)

    assert [call["got"]["status"] for call in calls(path)] == [200]


async def test_a_stream_that_breaks_off_is_not_kept(openai: FakeOpenAI, path: Path):
    openai.faults["answer"] = [breaks_off]

    with pytest.raises(BrokenStream):
        await streamed(loaded(path))

    assert calls(path) == []


async def test_a_reader_who_stops_early_hears_the_same(
    openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
):
    openai.faults["answer"] = [breaks_off]
    recorded = await begun(loaded(path), words=2)
    without_model()

    assert await begun(loaded(path), words=2) == recorded == ["SOLAR는", " 층이"]


async def test_who_reads_on_asks_again(openai: FakeOpenAI, path: Path):
    openai.faults["answer"] = [breaks_off]
    await begun(loaded(path), words=2)

    cassette = loaded(path)
    with pytest.raises(BrokenStream):
        await streamed(cassette)
    again = await streamed(cassette)

    assert "".join(text for text, _ in again) == openai.replies["answer"]
    assert cassette.count_calls() == {"played": 1, "recorded": 1, "missed": 1}


async def test_a_call_that_is_not_held_needs_the_model(
    openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
):
    await chat(loaded(path)).ainvoke(ANSWER)
    without_model()

    cassette = loaded(path)
    with pytest.raises(NotRecorded, match=r"run\.jsonl.*OPENAI_API_KEY.*no such call"):
        await chat(cassette).ainvoke("other words")

    assert cassette.fault
    assert cassette.count_calls() == {"played": 0, "recorded": 0, "missed": 1}


async def test_one_that_plays_only_asks_no_model_and_goes_on(openai: FakeOpenAI, path: Path):
    recorded = await chat(loaded(path)).ainvoke(ANSWER)

    cassette = Cassette(path, plays_only=True)
    cassette.begin_file(MODELS)
    with pytest.raises(NotRecorded, match="no such call"):
        await chat(cassette).ainvoke("other words")
    with pytest.raises(NotRecorded):
        embeddings(cassette).embed_query("a")

    assert (await chat(cassette).ainvoke(ANSWER)).text == recorded.text
    assert cassette.fault is None
    assert cassette.count_calls() == {"played": 1, "recorded": 0, "missed": 2}
    assert len(openai.requests) == 1


async def test_an_embedded_model_is_started_once_and_for_what_is_missing(
    openai: FakeOpenAI, path: Path, monkeypatch: pytest.MonkeyPatch
):
    started: list[Path] = []

    def serve(path: Path) -> Server:
        started.append(path)
        return Server(openai.base_url, "of-the-server", object(), path)

    monkeypatch.setattr("models.chat.open.serve_model", serve)
    gguf = Choice("gguf", "/models/my.gguf")
    model = chat(loaded(path), gguf)
    assert started == []
    recorded = await asyncio.gather(*(model.ainvoke(ANSWER) for _ in range(3)))
    assert started == [Path("/models/my.gguf")]
    assert openai.requests[0].key == "Bearer of-the-server"

    model = chat(loaded(path), gguf)
    played = [await model.ainvoke(ANSWER) for _ in range(3)]

    assert [reply.text for reply in played] == [reply.text for reply in recorded]
    assert len(started) == 1
    assert len(openai.requests) == 3
