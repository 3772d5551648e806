"""Servers that nobody has named: what they offer is found, chosen and asked, and gets no key."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.open import open_graph, open_model
from graph.settings import Settings
from models.connect import discover
from models.connect.choose import Choice, choose_chat, choose_embedding
from models.connect.discover import find_local_models
from models.errors import NoModel, NoServedModel
from retrieval.ingest.ledger import index_files
from retrieval.parsing.files import list_readable_files
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.graph.asking import ask
from tests.servers.able import ANSWER, AbleServer

EMBEDDING = "text-embedding-3-small"
GONE = "http://127.0.0.1:9"
Listen = Callable[[str], None]


@pytest.fixture(autouse=True)
def _search_anew() -> Iterator[None]:
    find_local_models.cache_clear()
    yield
    find_local_models.cache_clear()


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, no_packages: None) -> Iterator[AbleServer]:
    """A server on this machine that no setting names, where nothing else is."""
    server = AbleServer()
    for name in discover.USUAL_ADDRESSES:
        monkeypatch.setitem(discover.USUAL_ADDRESSES, name, GONE)  # type: ignore[arg-type]
    yield server
    server.close()


@pytest.fixture
def listen(local: AbleServer, monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Have the local server listen where one of this name does."""

    def listen_as(name: str) -> None:
        address = local.base_url.removesuffix("/v1")
        monkeypatch.setitem(discover.USUAL_ADDRESSES, name, address)  # type: ignore[arg-type]

    return listen_as


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the packages of the embedded models."""
    monkeypatch.setattr("models.embedded.gguf.find_spec", lambda name: name)


def tags(*models: tuple[str, str]) -> dict[str, Any]:
    """What Ollama says of its models: their names and sizes."""
    return {
        "models": [{"name": name, "details": {"parameter_size": size}} for name, size in models]
    }


def rows(*names: str, **more: Any) -> dict[str, Any]:
    """What servers that speak OpenAI's API say of their models."""
    return {"object": "list", "data": [{"id": name, "object": "model", **more} for name in names]}


class TestOllama:
    @pytest.fixture
    def home(self, papers: Path, tmp_path: Path) -> Path:
        """A library of the papers, by the embedding model that Ollama has."""
        home = tmp_path / "data"
        index_files(
            list_readable_files([papers / "solar.pdf"]),
            library=Library(home),
            vectors=lambda: VectorIndex(home, FakeEmbeddings()),
            embedding="ollama:bge-m3",
        )
        return home

    async def test_alone_it_answers(self, home: Path, local: AbleServer, listen: Listen):
        listen("Ollama")
        local.lists["/api/tags"] = tags(("bge-m3", "567M"), ("qwen3:4b", "4.0B"))

        run, _ = await ask(open_graph(Settings()))

        assert run.state["messages"][-1].text == ANSWER
        assert {asked.body["model"] for asked in local.requests} == {"qwen3:4b", "bge-m3"}
        assert {asked.key for asked in local.requests} == {"Bearer none"}

    def test_a_model_in_memory_is_taken_before_a_larger_one(
        self, local: AbleServer, listen: Listen
    ):
        listen("Ollama")
        local.lists["/api/tags"] = tags(("qwen3:4b", "4.0B"), ("qwen3:14b", "14.8B"))
        local.lists["/api/ps"] = {"models": [{"name": "qwen3:4b", "context_length": 4096}]}

        assert choose_chat(None) == Choice("ollama", "qwen3:4b")
        local.lists["/api/ps"] = {"models": []}
        find_local_models.cache_clear()
        assert choose_chat(None) == Choice("ollama", "qwen3:14b")

    def test_a_model_no_better_than_the_embedded_one_gives_way_to_it(
        self, local: AbleServer, listen: Listen, packages: None
    ):
        listen("Ollama")
        local.lists["/api/tags"] = tags(("qwen2.5:1.5b", "1.5B"))

        assert choose_chat(None) == Choice("embedded")
        assert choose_embedding(None) == Choice("embedded")

    def test_a_key_is_not_sent_to_it(
        self, local: AbleServer, listen: Listen, monkeypatch: pytest.MonkeyPatch
    ):
        listen("Ollama")
        local.lists["/api/tags"] = tags(("qwen3:4b", "4.0B"))
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")

        open_model(Settings(chat_model="ollama:qwen3:4b"))
        open_graph(Settings(chat_model="ollama:qwen3:4b", embedding_model=f"ollama:{EMBEDDING}"))
        find_local_models()

        assert {asked.key for asked in local.requests} == {"Bearer none"}
        assert {key for _, key in local.listed} == {""}


@pytest.mark.parametrize(
    ("server", "path", "listed"),
    [
        ("LM Studio", "/api/v0/models", rows("qwen3-8b", EMBEDDING, type="llm")),
        ("LM Studio", "/v1/models", rows("qwen3-8b", EMBEDDING)),
        ("vLLM", "/v1/models", rows("Qwen/Qwen3-8B", EMBEDDING, max_model_len=32_768)),
    ],
)
async def test_another_local_server_alone_answers(
    home: Path, local: AbleServer, listen: Listen, server: str, path: str, listed: Any
):
    listen(server)
    local.lists[path] = listed

    run, _ = await ask(open_graph(Settings()))

    assert run.state["messages"][-1].text == ANSWER
    assert {asked.body["model"].lower().split("/")[-1] for asked in local.requests} == {
        "qwen3-8b",
        EMBEDDING,
    }
    assert {asked.key for asked in local.requests} == {"Bearer none"}


def test_where_nothing_is_found_all_ways_are_told(local: AbleServer):
    with pytest.raises(NoModel, match=r"OPENAI_API_KEY.*Ollama.*make embedded"):
        choose_chat(None)


class TestNamedAddress:
    """OPENAI_BASE_URL alone, without a key and a model's name."""

    @pytest.fixture(autouse=True)
    def _name(self, local: AbleServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", local.base_url)

    async def test_the_model_that_it_lists_answers(self, home: Path, local: AbleServer):
        local.lists["/v1/models"] = rows("house-model", EMBEDDING)

        run, _ = await ask(open_graph(Settings()))

        assert run.state["messages"][-1].text == ANSWER
        assert {asked.body["model"] for asked in local.requests} == {"house-model", EMBEDDING}

    @pytest.mark.parametrize("listed", [rows(), rows(EMBEDDING, "whisper-1"), {}, []], ids=str)
    def test_one_that_lists_none_is_told_with_its_address(self, local: AbleServer, listed: Any):
        local.lists["/v1/models"] = listed

        with pytest.raises(NoServedModel, match=r"OPENAI_BASE_URL.*MUNHEON_CHAT_MODEL=") as told:
            choose_chat(None)

        assert local.base_url in str(told.value)

    def test_one_that_is_not_there_is_told_with_its_address(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("OPENAI_BASE_URL", f"{GONE}/v1")

        with pytest.raises(NoServedModel, match=rf"{GONE}/v1.*켜져 있는지"):
            choose_chat(None)
