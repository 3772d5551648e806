"""All models that can be reached, the chosen one first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.chat.open import open_memory
from models.connect import discover
from models.connect.catalogue import ReachableModel, list_reachable
from models.connect.choose import Choice
from models.connect.discover import find_local_models
from tests.fake_openai import FakeOpenAI


@pytest.fixture(autouse=True)
def _local(openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ollama alone runs on this machine; OPENAI_BASE_URL names the same server as another."""
    find_local_models.cache_clear()
    address = openai.base_url.removesuffix("/v1")
    monkeypatch.setattr(discover, "USUAL_ADDRESSES", {"Ollama": address})
    openai.lists["/api/tags"] = {
        "models": [{"name": "qwen3:4b"}, {"name": "bge-m3"}, {"name": "qwen2.5:1.5b"}]
    }
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.delenv("OPENAI_API_KEY")
    yield
    find_local_models.cache_clear()


def listed(home: Path, given: str | None = None) -> list[ReachableModel]:
    return list_reachable(given, home)


def test_all_that_can_chat_are_listed_with_what_names_them(tmp_path: Path, no_packages: None):
    first, second = listed(tmp_path)

    assert (first.setting, first.is_chosen, first.size) == ("ollama:qwen3:4b", True, 4.0)
    assert (second.setting, second.is_chosen, second.size) == ("ollama:qwen2.5:1.5b", False, 1.5)
    assert {first.where, second.where} == {"Ollama"}


def test_the_chosen_one_stands_first_and_once(tmp_path: Path, no_packages: None):
    names = [model.setting for model in listed(tmp_path, "ollama:qwen2.5:1.5b")]

    assert names == ["ollama:qwen2.5:1.5b", "ollama:qwen3:4b"]


def test_one_that_no_server_lists_is_there_too(tmp_path: Path, no_packages: None):
    first, *rest = listed(tmp_path, "anthropic:house-model")

    assert (first.setting, first.is_chosen) == ("anthropic:house-model", True)
    assert not any(model.is_chosen for model in rest)


def test_where_none_is_chosen_the_others_are_listed(
    tmp_path: Path, openai: FakeOpenAI, no_packages: None
):
    openai.lists["/api/tags"] = {"models": [{"name": "qwen2.5:1.5b"}]}

    [only] = listed(tmp_path)

    assert (only.setting, only.is_chosen) == ("ollama:qwen2.5:1.5b", False)


def test_the_embedded_one_is_listed_where_its_packages_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("models.embedded.gguf.find_spec", lambda name: name)

    embedded = next(model for model in listed(tmp_path) if model.setting == "embedded")

    assert (embedded.where, embedded.known.profile) == ("내장", "small")
    assert embedded.window


def test_what_was_found_out_of_one_is_told(tmp_path: Path, no_packages: None):
    [first, _] = listed(tmp_path)
    memory = open_memory(first.choice, tmp_path)
    begun = memory.known

    memory.learn(replace(begun, profile="strong", window=4_096, is_measured=True), begun=begun)

    [again, other] = listed(tmp_path)
    assert (again.known.profile, again.window) == ("strong", 4_096)
    assert not other.known.is_measured


def test_a_named_server_lists_its_own_with_the_key(
    tmp_path: Path, openai: FakeOpenAI, no_packages: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(discover, "USUAL_ADDRESSES", {"Ollama": "http://127.0.0.1:1"})
    openai.lists = {"/v1/models": {"data": [{"id": "house-model"}, {"id": "whisper-1"}]}}
    monkeypatch.setenv("OPENAI_BASE_URL", openai.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "k")

    names = [model.setting for model in listed(tmp_path, "openai:house-model")]

    assert names == ["openai:house-model"]
    assert openai.listed[-1] == ("/v1/models", "Bearer k")


def test_a_model_is_the_same_wherever_it_was_found():
    assert Choice("ollama", "a", found_at="x") == Choice("ollama", "a")
