"""The embedded server: started once a file, with a key, on this machine; faults in words."""

import signal
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from language.catalogue import Text
from models.chat.open import SLOW_TIMEOUT, open_chat
from models.connect.choose import Choice
from models.embedded import server
from models.errors import ModelFailed, NoModel


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A stand-in for xllamacpp that starts nothing."""
    runtime = ModuleType("xllamacpp")
    runtime.CommonParams = lambda: SimpleNamespace(model=SimpleNamespace())
    runtime.started = []

    def start(params: SimpleNamespace) -> SimpleNamespace:
        runtime.started.append(params)
        return SimpleNamespace(listening_address="http://127.0.0.1:4567")

    runtime.Server = start
    monkeypatch.setitem(sys.modules, "xllamacpp", runtime)
    server.serve_model.cache_clear()
    yield runtime
    server.serve_model.cache_clear()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "my.gguf"
    path.write_bytes(b"GGUF")
    return path


def test_one_server_for_each_file(runtime: ModuleType, model: Path):
    first, second = server.serve_model(model), server.serve_model(model)

    assert first is second
    assert len(runtime.started) == 1
    assert first.base_url == "http://127.0.0.1:4567/v1"
    assert runtime.started[0].model.path == str(model)


def test_it_takes_a_free_port_and_asks_for_a_key(runtime: ModuleType, model: Path):
    served = server.serve_model(model)

    [params] = runtime.started
    assert params.port == 0
    assert params.api_keys == [served.api_key]
    assert len(served.api_key) > 30


def test_ctrl_c_ends_the_process_while_a_model_is_loaded_and_is_heard_again_after(
    runtime: ModuleType, model: Path
):
    start, before, held = runtime.Server, signal.getsignal(signal.SIGINT), []

    def start_and_look(params: SimpleNamespace) -> SimpleNamespace:
        held.append(signal.getsignal(signal.SIGINT))
        return start(params)

    runtime.Server = start_and_look
    server.serve_model(model)

    assert held == [signal.SIG_DFL]
    assert signal.getsignal(signal.SIGINT) is before


def test_the_chat_client_reaches_it_with_that_key(runtime: ModuleType, model: Path):
    told: list[Text] = []

    chat = open_chat(Choice("gguf", str(model)), timeout=1, on_line=told.append)
    client: Any = chat.open_client(chat.memory.known)

    served = server.serve_model(model)
    assert client.openai_api_base == served.base_url
    assert client.openai_api_key.get_secret_value() == served.api_key
    assert client.request_timeout == SLOW_TIMEOUT
    assert client.model_name == "my"
    assert [line.write("ko") for line in told] == ["모델을 메모리에 올리는 중"]


def test_a_file_that_is_not_there_is_named(runtime: ModuleType, tmp_path: Path):
    with pytest.raises(ModelFailed, match=r"none\.gguf.*없습니다"):
        server.serve_model(tmp_path / "none.gguf")

    assert runtime.started == []


@pytest.mark.parametrize(
    "error", [RuntimeError("failed to load"), MemoryError(), OSError("no port")]
)
def test_a_start_that_fails_is_told_in_words_and_tried_again(
    runtime: ModuleType, model: Path, error: Exception
):
    start = runtime.Server

    def fail(params: SimpleNamespace) -> None:
        raise error

    runtime.Server = fail
    with pytest.raises(ModelFailed, match=r"시작하지 못했습니다.*메모리"):
        server.serve_model(model)

    runtime.Server = start
    assert server.serve_model(model).base_url


def test_without_the_package_both_ways_to_a_model_are_told(model: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    server.serve_model.cache_clear()

    with pytest.raises(NoModel):
        server.serve_model(model)
