"""What servers say of their models, and which of them is fit to answer."""

from typing import Any

import pytest

from models.connect.discover import ServedModel, list_models, pick_chat_model, read_size
from tests.fake_openai import FakeOpenAI

SIZES = {
    "qwen2.5:7b-instruct": 7.0,
    "Qwen/Qwen3-4B": 4.0,
    "gemma-3-270m": None,
    "qwen2.5-1.5b": 1.5,
    "llama3.1:70B": 70.0,
    "mixtral-8x7b": None,
    "house-model": None,
    "phi-4": None,
    "567M": None,
    "14.8B": 14.8,
    "qwen3-30b-a3b": 30.0,
}


def served(name: str, size: float | None = None, **more: Any) -> ServedModel:
    return ServedModel(name=name, server="x", base_url="x", size=size, **more)


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_a_name_tells_the_size(name: str, size: float | None):
    assert read_size(name) == size


class TestPick:
    def test_the_largest_is_taken_that_is_not_too_slow(self):
        models = (served("a", 4), served("b", 14), served("c", 70))

        assert pick_chat_model(models) == models[1]

    def test_of_slow_ones_the_smallest(self):
        models = (served("a", 70), served("b", 32))

        assert pick_chat_model(models) == models[1]

    def test_one_in_memory_first(self):
        models = (served("a", 14), served("b", 70, is_loaded=True))

        assert pick_chat_model(models) == models[1]

    @pytest.mark.parametrize(
        "model",
        [
            served("tiny", 1.5, is_loaded=True),
            served("bge-m3", is_embedding=True),
            served("bge-reranker-v2", 7),
            served("whisper-large", 7),
            served("gpt-image-1"),
        ],
        ids=lambda model: model.name,
    )
    def test_what_is_not_fit_is_never_taken(self, model: ServedModel):
        assert pick_chat_model((model,)) is None

    def test_one_of_unknown_size_may_be_fit(self):
        assert pick_chat_model((served("house"),)) == served("house")

    def test_of_nothing_comes_nothing(self):
        assert pick_chat_model(()) is None


class TestLists:
    def test_ollama_tells_sizes_windows_and_what_is_in_memory(self, openai: FakeOpenAI):
        openai.lists["/api/tags"] = {
            "models": [
                {"name": "a", "details": {"parameter_size": "7.6B", "family": "qwen2"}},
                {"name": "b:3b", "details": None},
                {"model": "c", "details": {"parameter_size": "567M", "family": "bert"}},
                {},
            ]
        }
        openai.lists["/api/ps"] = {"models": [{"name": "a", "context_length": 4096}]}

        a, b, c = list_models(openai.base_url, "Ollama")

        assert (a.name, a.size, a.window, a.is_loaded) == ("a", 7.6, 4096, True)
        assert (b.name, b.size, b.window, b.is_loaded) == ("b:3b", 3.0, None, False)
        assert c.is_embedding
        assert not a.is_embedding

    def test_lm_studio_tells_what_is_in_memory(self, openai: FakeOpenAI):
        openai.lists["/api/v0/models"] = {
            "data": [
                {"id": "qwen3-8b", "type": "llm", "state": "loaded", "loaded_context_length": 8192},
                {"id": "nomic", "type": "embeddings", "state": "not-loaded"},
            ]
        }

        chat, embedding = list_models(openai.base_url, "LM Studio")

        assert (chat.window, chat.is_loaded, chat.can_chat) == (8192, True, True)
        assert (embedding.is_embedding, embedding.can_chat) == (True, False)

    @pytest.mark.parametrize(
        ("row", "size", "window"),
        [
            ({"id": "q", "max_model_len": 32_768}, None, 32_768),
            ({"id": "q", "meta": {"n_ctx": 4096, "n_params": 7_600_000_000}}, 7.6, 4096),
            ({"id": "q-7b", "meta": None}, 7.0, None),
            ({"id": "q", "max_model_len": "many", "meta": {"n_params": None}}, None, None),
            ({"id": "q", "meta": "none"}, None, None),
            ({"id": "q", "meta": {"n_params": "7B"}}, None, None),
        ],
        ids=str,
    )
    def test_vllm_and_llama_cpp_tell_windows(
        self, openai: FakeOpenAI, row: Any, size: float | None, window: int | None
    ):
        openai.lists["/v1/models"] = {"data": [row]}

        [model] = list_models(openai.base_url, "vLLM")

        assert (model.size, model.window) == (size, window)

    @pytest.mark.parametrize(
        "listed", [None, [], {}, {"data": None}, {"data": {}}, {"data": [1, None, {}]}], ids=str
    )
    def test_what_is_no_list_is_nothing(self, openai: FakeOpenAI, listed: Any):
        openai.lists["/v1/models"] = listed

        assert list_models(openai.base_url, "x") == ()

    def test_a_key_is_sent_where_it_is_given_alone(self, openai: FakeOpenAI):
        list_models(openai.base_url, "x")
        assert {key for _, key in openai.listed} == {""}

        list_models(openai.base_url, "x", key="k")
        assert openai.listed[-1] == ("/v1/models", "Bearer k")

    def test_nobody_there_is_nothing(self):
        assert list_models("http://127.0.0.1:9/v1", "x") == ()
