"""A model of a name that nobody knows, behind a server that the environment names."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers.able import AbleServer
from tests.servers.asking import Program


@pytest.fixture(autouse=True)
def _retry_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import graph.build

    at_once = graph.build.RETRY._replace(initial_interval=0.001, jitter=False)
    monkeypatch.setattr(graph.build, "RETRY", at_once)
    monkeypatch.setattr("models.tries.FIRST_WAIT", 0.001)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[AbleServer]:
    server = AbleServer()
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:house-model")
    yield server
    server.close()


@pytest.fixture
def program(home: Any, server: AbleServer) -> Program:
    """The whole program, over the papers and that server."""
    return Program(server)
