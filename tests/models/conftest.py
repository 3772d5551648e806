"""A cassette's file, and the world without the model that it was recorded with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fake_openai import FakeOpenAI


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
