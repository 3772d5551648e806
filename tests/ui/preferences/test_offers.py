"""Which models a reader is offered, and how long a page waits for the list."""

import threading
from pathlib import Path

import pytest

from graph.settings import Settings
from models.connect.choose import choose_chat, find_address, find_key
from models.connect.discover import ServedModel
from models.errors import NoServedModel
from tests.fake_openai import FakeOpenAI
from ui.preferences import offers
from ui.preferences.offers import ModelOffers, find_models, name_model


async def test_a_slow_list_does_not_keep_the_page_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(offers, "PATIENCE", 0.05)
    go, asked = threading.Event(), []

    def find() -> list[str]:
        asked.append(1)
        go.wait(5)
        return ["openai:late"]

    models = ModelOffers(find)
    assert list(await models.list()) == []
    go.set()
    monkeypatch.setattr(offers, "PATIENCE", 5)

    assert list(await models.list()) == ["openai:late"]
    assert list(await models.list()) == ["openai:late"]
    assert asked == [1]


async def test_a_wrong_address_offers_nothing_and_breaks_nothing():
    def find() -> list[str]:
        raise NoServedModel("http://nowhere")

    assert list(await ModelOffers(find).list()) == []


def test_what_its_name_alone_leads_to_is_offered_beside_the_own(
    openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    openai.lists["/v1/models"] = {"data": [{"id": "own"}, {"id": "other"}, {"id": "text-embed"}]}
    monkeypatch.setattr("models.connect.catalogue.is_installed", lambda: False)
    monkeypatch.setattr("models.connect.catalogue.find_served", lambda: ())
    monkeypatch.setattr("models.connect.catalogue.list_downloadable", lambda: ())

    found = find_models(Settings(chat_model="openai:own", home=tmp_path))

    assert found == ["openai:other"]


@pytest.mark.parametrize(
    ("server", "address", "offered"),
    [
        ("LM Studio", "http://127.0.0.1:1234/v1", ["lmstudio:lone"]),
        ("vLLM", "http://127.0.0.1:8000/v1", ["vllm:lone"]),
        ("vLLM", "http://127.0.0.1:9999/v1", []),
    ],
)
def test_a_model_of_a_local_server_is_offered_where_a_name_leads_to_it(
    openai: FakeOpenAI,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    server: str,
    address: str,
    offered: list[str],
):
    lone = ServedModel(name="lone", server=server, base_url=address)
    monkeypatch.setattr("models.connect.catalogue.is_installed", lambda: False)
    monkeypatch.setattr("models.connect.catalogue.find_served", lambda: (lone,))
    monkeypatch.setattr("models.connect.catalogue.list_downloadable", lambda: ())

    assert find_models(Settings(chat_model="openai:own", home=tmp_path)) == offered
    for name in offered:
        assert find_address(choose_chat(name)) == address
        assert find_key(choose_chat(name)) == "none"


def test_a_model_is_called_by_its_name():
    settings = Settings(chat_model="openai:gpt-4o-mini")

    assert name_model(None, settings) == "gpt-4o-mini"
    assert name_model("/models/qwen.gguf", settings) == "qwen"
    assert name_model("embedded", settings) == "내장 모델"
    assert name_model("nonsense", settings) == "모델 없음"
