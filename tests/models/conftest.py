"""A cassette's file and the world without its model; a server of files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.downloads import download
from tests.fake_openai import FakeOpenAI
from tests.models.file_server import FileServer


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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server of a file; nobody waits before a further try."""
    monkeypatch.setattr(download, "RETRY_SECONDS", (0.0, 0.0, 0.0))
    server = FileServer()
    yield server
    server.close()
