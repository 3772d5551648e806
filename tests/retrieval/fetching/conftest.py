from collections.abc import Iterator

import pytest

from tests.retrieval.fetching.paper_server import PaperServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperServer]:
    """A server of papers; what may have failed in passing is tried again at once."""
    monkeypatch.setattr("retrieval.fetching.fetch.RETRY_SECONDS", (0.0, 0.0))
    server = PaperServer()
    yield server
    server.close()
