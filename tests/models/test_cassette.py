"""Cassettes: calls recorded with a model, and played again where there is none."""

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import openai as client
import pytest
from filelock import FileLock
from pydantic import BaseModel

from models.cassette import Asked, BadCassette, Cassette, Got
from models.chat import open_chat
from models.choose import Choice
from models.embedding import open_embeddings
from models.errors import NotRecorded
from models.server import Server
from nodes.strong.prompts import ANSWER_CITING, GRADE
from tests.fake_openai import FakeOpenAI
from tests.treatments import breaks_off, refuses

MODELS = {"chat": "openai:gpt-4o-mini", "embedding": "openai:text-embedding-3-small"}
CHAT = Choice("openai", "gpt-4o-mini")
EMBEDDING = Choice("openai", "text-embedding-3-small")
ANSWER = ANSWER_CITING.invoke(
    {"question": "층?", "english": "Layers?", "excerpts": "[1] x", "insufficient": "-"}
)
WANTED = {"question": "층?", "english": "Layers?", "title": "t", "sentences": "1. x"}

ONE: Asked = {"path": "/one", "body": {"a": 1, "b": 2}}
TWO: Asked = {"path": "/two", "body": {}}
GOT: Got = {"status": 200, "type": "text/plain", "text": "네"}


class Named(BaseModel):
    sentences: list[int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


@pytest.fixture
def without_model(openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called there is no server, no address and no key."""

    def leave() -> None:
        openai.close()
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        monkeypatch.delenv("OPENAI_BASE_URL", raising=False)

    return leave


def loaded(path: Path) -> Cassette:
    cassette = Cassette(path)
    cassette.begin_file(MODELS)
    return cassette


def chat(cassette: Cassette, choice: Choice = CHAT) -> Any:
    return open_chat(choice, timeout=5, cassette=cassette)


def embeddings(cassette: Cassette) -> Any:
    return open_embeddings(EMBEDDING, timeout=5, cassette=cassette)


def calls(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()][1:]


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


class TestChat:
    async def test_a_stream_is_played_with_its_usage(
        self, openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
    ):
        recorded = await streamed(loaded(path))
        without_model()

        cassette = loaded(path)
        assert await streamed(cassette) == recorded
        assert "".join(text for text, _ in recorded) == openai.replies["answer"]
        assert cassette.count_calls() == {"played": 1, "recorded": 0, "missed": 0}

    async def test_objects_asked_for_by_schema_are_played(
        self, path: Path, without_model: Callable[[], None]
    ):
        chain = GRADE | chat(loaded(path)).with_structured_output(Named)
        recorded = await chain.ainvoke(WANTED)
        without_model()

        chain = GRADE | chat(loaded(path)).with_structured_output(Named)
        assert await chain.ainvoke(WANTED) == recorded == Named(sentences=[1])

    async def test_recording_changes_nothing_of_what_is_asked(self, openai: FakeOpenAI, path: Path):
        await chat(loaded(path)).ainvoke(ANSWER)
        await open_chat(CHAT, timeout=5).ainvoke(ANSWER)

        recorded, plain = openai.requests
        assert recorded == plain

    def test_the_key_is_not_in_the_file(self, openai: FakeOpenAI, path: Path):
        asyncio.run(chat(loaded(path)).ainvoke(ANSWER))

        assert openai.requests[0].key == "Bearer test-key"
        assert "test-key" not in path.read_text("utf-8")

    async def test_the_same_request_is_answered_in_order_and_then_as_last(
        self, openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
    ):
        cassette = loaded(path)
        for words in ("하나", "둘"):
            openai.replies["answer"] = words
            assert (await chat(cassette).ainvoke(ANSWER)).text == words
        without_model()

        model = chat(loaded(path))
        replies = [(await model.ainvoke(ANSWER)).text for _ in range(3)]

        assert replies == ["하나", "둘", "둘"]

    async def test_faults_are_not_kept(self, openai: FakeOpenAI, path: Path):
        openai.faults["answer"] = [refuses(500), refuses(429)]

        await chat(loaded(path)).ainvoke(ANSWER)

        assert [call["got"]["status"] for call in calls(path)] == [200]

    async def test_a_stream_that_breaks_off_is_not_kept(self, openai: FakeOpenAI, path: Path):
        openai.faults["answer"] = [breaks_off]

        with pytest.raises(client.APIConnectionError):
            await streamed(loaded(path))

        assert calls(path) == []

    async def test_a_reader_who_stops_early_hears_the_same(
        self, openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
    ):
        openai.faults["answer"] = [breaks_off]
        recorded = await begun(loaded(path), words=2)
        without_model()

        assert await begun(loaded(path), words=2) == recorded == ["SOLAR는", " 층이"]

    async def test_who_reads_on_asks_again(self, openai: FakeOpenAI, path: Path):
        openai.faults["answer"] = [breaks_off]
        await begun(loaded(path), words=2)

        cassette = loaded(path)
        with pytest.raises(client.APIConnectionError):
            await streamed(cassette)
        again = await streamed(cassette)

        assert "".join(text for text, _ in again) == openai.replies["answer"]
        assert cassette.count_calls() == {"played": 1, "recorded": 1, "missed": 1}

    async def test_a_call_that_is_not_held_needs_the_model(
        self, openai: FakeOpenAI, path: Path, without_model: Callable[[], None]
    ):
        await chat(loaded(path)).ainvoke(ANSWER)
        without_model()

        cassette = loaded(path)
        with pytest.raises(NotRecorded, match=r"run\.jsonl.*OPENAI_API_KEY.*no such call"):
            await chat(cassette).ainvoke("other words")

        assert cassette.fault
        assert cassette.count_calls() == {"played": 0, "recorded": 0, "missed": 1}

    async def test_one_that_plays_only_asks_no_model_and_goes_on(
        self, openai: FakeOpenAI, path: Path
    ):
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
        self, openai: FakeOpenAI, path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        started: list[Path] = []

        def serve(path: Path) -> Server:
            started.append(path)
            return Server(openai.base_url, "of-the-server", object())

        monkeypatch.setattr("models.chat.serve_model", serve)
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


class TestEmbeddings:
    def test_vectors_are_the_same_when_recorded_and_when_played(
        self, path: Path, without_model: Callable[[], None]
    ):
        texts = ["Tides follow the moon.", "층은 48개입니다."]
        model = embeddings(loaded(path))
        recorded = [model.embed_documents(texts), model.embed_queries(texts)]
        again = model.embed_documents(texts[1:])
        without_model()

        model = embeddings(loaded(path))
        assert [model.embed_documents(texts), model.embed_queries(texts)] == recorded
        assert again == recorded[0][1:]
        assert model.embed_query(texts[0]) == recorded[1][0]

    def test_only_new_texts_are_asked_for(self, openai: FakeOpenAI, path: Path):
        embeddings(loaded(path)).embed_documents(["a", "b"])

        cassette = loaded(path)
        vectors = embeddings(cassette).embed_documents(["c", "b", "c"])

        assert [asked.body["input"] for asked in openai.requests] == [["a", "b"], ["c"]]
        assert vectors[0] == vectors[2] != vectors[1]
        assert cassette.count_calls() == {"played": 1, "recorded": 1, "missed": 1}

    def test_queries_and_documents_are_apart(self, path: Path, without_model: Callable[[], None]):
        embeddings(loaded(path)).embed_documents(["a"])
        without_model()

        with pytest.raises(NotRecorded):
            embeddings(loaded(path)).embed_query("a")


class TestFile:
    def test_what_has_ended_is_there_at_once(self, path: Path):
        recording = loaded(path)
        recording.record_calls((ONE, GOT))

        # Nothing has closed it, as after a kill.
        played = Cassette(path)
        assert played.play_call({"body": {"b": 2, "a": 1}, "path": "/one"}) == GOT
        assert played.play_call(TWO) is None
        assert played.models == MODELS

    def test_a_torn_last_line_is_cut_and_recorded_anew(self, path: Path):
        loaded(path).record_calls((ONE, GOT), (TWO, GOT))
        whole = path.read_bytes()
        path.write_bytes(whole[:-9])

        cassette = loaded(path)
        assert cassette.play_call(ONE) == GOT
        assert cassette.play_call(TWO) is None
        assert path.read_bytes() == whole[:-9]  # who only plays writes nothing
        cassette.record_calls((TWO, GOT))

        assert path.read_bytes() == whole

    def test_a_kill_at_any_byte_leaves_what_was_whole(self, path: Path):
        loaded(path)
        header = path.stat().st_size
        for call in (ONE, TWO):
            Cassette(path).record_calls((call, GOT))
        whole = path.read_bytes()
        first = whole.index(b"\n", header) + 1

        for length in range(header, len(whole)):
            path.write_bytes(whole[:length])
            cassette = loaded(path)
            assert (cassette.play_call(ONE), cassette.play_call(TWO)) == (
                GOT if length >= first else None,
                None,
            )
            cassette.record_calls((TWO, GOT))
            assert Cassette(path).play_call(TWO) == GOT

    def test_one_that_plays_only_makes_no_file(self, path: Path):
        Cassette(path, plays_only=True).begin_file(MODELS)

        assert not path.exists()

    def test_a_cassette_without_calls_is_begun_anew(self, path: Path):
        loaded(path)

        Cassette(path).begin_file({**MODELS, "chat": "embedded"})

        assert json.loads(path.read_text("utf-8"))["models"]["chat"] == "embedded"

    @pytest.mark.parametrize(
        "content",
        ["no cassette", '{"question": "층?"}\n', '{"cassette": 99, "models": {}}\n', "[]\n{}\n"],
    )
    def test_other_files_are_refused_and_left_alone(self, path: Path, content: str):
        path.write_text(content, "utf-8")

        with pytest.raises(BadCassette, match=r"run\.jsonl"):
            loaded(path)

        assert path.read_text("utf-8") == content

    def test_a_line_that_is_no_call_is_named(self, path: Path):
        loaded(path).record_calls((ONE, GOT))
        path.write_bytes(path.read_bytes() + b"{}\n")

        with pytest.raises(BadCassette, match="3번째 줄"):
            loaded(path)

    def test_one_process_records_while_others_play(self, path: Path):
        loaded(path).record_calls((ONE, GOT))
        other = FileLock(f"{path}.lock")
        Cassette(path)._writer.release(force=True)

        with other:
            cassette = loaded(path)
            assert cassette.play_call(ONE) == GOT
            with pytest.raises(BadCassette, match="다른 프로세스가 녹음하는 중"):
                cassette.record_calls((TWO, GOT))

        assert isinstance(cassette.fault, BadCassette)
        assert len(calls(path)) == 1

    def test_a_file_that_was_recorded_to_since_it_was_read_is_left_alone(self, path: Path):
        loaded(path).record_calls((ONE, GOT))
        Cassette(path)._writer.release(force=True)
        cassette = loaded(path)
        with path.open("ab") as file:
            file.write(b"more\n")

        with pytest.raises(BadCassette, match="다른 프로세스가 바꿈"):
            cassette.record_calls((TWO, GOT))

        assert path.read_bytes().endswith(b"more\n")

    def test_a_disk_that_is_full_ends_a_run(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        cassette = loaded(path)

        def full(*args: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "open", full)
        for _ in range(2):
            with pytest.raises(BadCassette, match="No space left"):
                cassette.record_calls((ONE, GOT))

        assert isinstance(cassette.fault, BadCassette)

    def test_a_place_that_cannot_be_written_is_told_before_any_call(self, tmp_path: Path):
        for path in (tmp_path, tmp_path / "none" / "run.jsonl"):
            with pytest.raises(BadCassette):
                loaded(path)
