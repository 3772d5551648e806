"""Opening what the settings name: library, models, graph; and the graph that servers load."""

import json
import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from langchain_core.messages import HumanMessage

from graph.open import choose_profile, open_cassette, open_graph, open_search
from graph.run import Graph, Run
from graph.settings import Settings
from indexing.run import index_paths
from models.chat.open import open_memory
from models.connect.choose import choose_chat
from models.errors import ModelFailed, OtherModel
from retrieval.errors import EmptyIndex
from retrieval.store.database import SettingsDiffer
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
from tests.treatments import refuses

ROOT = Path(__file__).parents[2]


async def ask(graph: Graph, question: str = "SOLAR는 층이 몇 개?") -> Run:
    run = Run()
    async for _ in run.stream(graph, [HumanMessage(question)]):
        pass
    return run


@pytest.mark.parametrize(
    ("chat_model", "profile", "chosen"),
    [
        ("openai:x", "auto", "strong"),
        ("embedded", "auto", "small"),
        ("my.gguf", "auto", "small"),
        ("openai:x", "small", "small"),
        ("embedded", "strong", "strong"),
    ],
)
def test_the_profile_goes_by_where_the_model_runs_unless_it_is_set(
    chat_model: str, profile: str, chosen: str
):
    memory = open_memory(choose_chat(chat_model), None)

    assert (
        choose_profile(
            Settings(chat_model=chat_model, profile=profile), SimpleNamespace(memory=memory)
        )
        == chosen
    )


async def test_a_servers_model_can_be_asked_as_a_small_one(home: Path, openai: FakeOpenAI):
    openai.replies["answer"] = "SOLAR는 층이 48개입니다."

    run = await ask(open_graph(Settings(profile="small")))

    assert [asked.task for asked in openai.requests if asked.task != "embed"] == [
        *("translate", "translate"),
        *("answer", "answer"),
    ]
    assert run.state["messages"][-1].text == "SOLAR는 층이 48개입니다. [1]"
    assert run.state["citations"][0].quote == "SOLAR has 48 layers."


def test_a_library_of_other_embeddings_is_refused(home: Path, openai: FakeOpenAI):
    with pytest.raises(SettingsDiffer, match="--rebuild"):
        open_search(Settings(embedding_model="openai:text-embedding-3-large"))


def test_a_library_of_passages_cut_otherwise_is_refused(home: Path, openai: FakeOpenAI):
    with sqlite3.connect(home / "library.db") as library:
        library.execute("UPDATE settings SET value = 'by page' WHERE name = 'chunking'")

    with pytest.raises(SettingsDiffer, match="chunking=by page"):
        open_search(Settings())


@pytest.mark.usefixtures("no_packages")
def test_a_cassette_names_the_models(settings: Settings, tmp_path: Path):
    chat, path = f"gguf:{tmp_path / 'my.gguf'}", tmp_path / "run.jsonl"
    recording, _ = open_cassette(
        Settings(chat_model=chat.removeprefix("gguf:"), embedding_model="embedded"), path
    )
    recording.record_calls(({"path": "/"}, {"status": 200}))

    cassette, chosen = open_cassette(settings, path)

    assert cassette.models == {"chat": chat, "embedding": "embedded"}
    assert str(choose_chat(chosen.chat_model)) == chat
    assert chosen.embedding_model == "embedded"
    with pytest.raises(OtherModel, match=rf"{chat}.*openai:x"):
        open_cassette(Settings(chat_model="openai:x"), path)


def test_opening_before_anything_is_indexed_is_no_fault(openai: FakeOpenAI, settings: Settings):
    search = open_search(settings)

    with pytest.raises(EmptyIndex):
        search.list_titles()
    assert not settings.home.exists()


async def test_what_is_indexed_later_is_found(openai: FakeOpenAI, settings: Settings, papers: Path):
    graph = open_graph(settings)
    with pytest.raises(EmptyIndex):
        await ask(graph)

    index_paths(settings, [papers])

    assert (await ask(graph)).state["citations"][0].passage.document == "solar.pdf"


def test_a_model_that_fails_while_indexing_is_told_in_words(
    openai: FakeOpenAI, settings: Settings, tmp_path: Path
):
    path = make_pdf(tmp_path / "a.pdf", "Some words.")
    openai.always["embed"] = refuses(401)

    with pytest.raises(ModelFailed, match="API 키"):
        index_paths(settings, [path])
    openai.always.clear()

    index_paths(settings, [path])
    assert [document.state for document in Library(settings.home).list_documents()] == ["ready"]


def test_the_librarys_own_originals_are_no_papers(openai: FakeOpenAI, tmp_path: Path):
    settings = Settings(home=tmp_path / "here" / "data")
    path = tmp_path / "here" / "a.pdf"
    path.parent.mkdir()
    for words in ("Old words.", "New words.", "Newest words."):
        make_pdf(path, words)

        results = index_paths(settings, [path.parent])

        assert [result.path for result in results] == [path]
    assert [passage.text for passage in Library(settings.home).list_passages()] == ["Newest words."]


def test_servers_load_the_graph_without_a_memory(home: Path, openai: FakeOpenAI, monkeypatch):
    named = json.loads((ROOT / "langgraph.json").read_text("utf-8"))["graphs"]
    [(path, attribute)] = [place.split(":") for place in named.values()]
    module = Path(path).with_suffix("").as_posix().replace("/", ".").lstrip(".")
    monkeypatch.delitem(sys.modules, module, raising=False)

    served = getattr(import_module(module), attribute)

    monkeypatch.delitem(sys.modules, module)
    assert served.checkpointer is None
    knobs = served.get_context_jsonschema()["properties"]
    assert {name: knob["default"] for name, knob in knobs.items()} == {
        "passages": 8,
        "bm25_weight": 0.5,
        "searches": 2,
        "papers": None,
        "length": "short",
        "strictness": "normal",
    }
    assert set(served.get_input_jsonschema()["properties"]) == {"messages"}
