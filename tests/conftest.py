"""What every test starts from: no network, no keys, a library folder of its own."""

import os
import shutil
import socket
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"  # langgraph reads it once, when it is imported

import pytest

from graph.settings import Settings
from language.tokens import count_tokens
from retrieval.ingest.ledger import index_files
from retrieval.parsing.files import list_readable_files
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fake_openai import FakeOpenAI
from tests.fakes import FakeEmbeddings, ReadsHere
from tests.samples import make_papers

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SET_OUTSIDE = ("MUNHEON_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_", "LANGGRAPH_")
PROXIES = {"http_proxy", "https_proxy", "all_proxy"}
EMBEDDING = "openai:text-embedding-3-small"


class NetworkUsed(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but those to this machine."""
    if request.node.get_closest_marker("e2e"):
        return

    def only_loopback(call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
                raise NetworkUsed(f"a test connects to {address}")
            return call(self, address)

        return guarded

    look_up = socket.getaddrinfo

    def only_known(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in {None, *LOOPBACK}:
            raise NetworkUsed(f"a test looks up {host}")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", only_loopback(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", only_loopback(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", only_known)


@pytest.fixture(autouse=True)
def environment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No setting from outside; folders of this test's own."""
    if request.node.get_closest_marker("e2e"):
        return
    for name in list(os.environ):
        if name.startswith(SET_OUTSIDE) or name.lower() in PROXIES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("MUNHEON_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LANGSMITH_TRACING", "false")
    # Each client would load the system's certificates, 25 ms a time; loopback needs none.
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv("LANGGRAPH_STRICT_MSGPACK", "true")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, for others take long to start."""
    monkeypatch.setattr("retrieval.ingest.ledger.ReaderPool", ReadsHere)


@pytest.fixture(scope="session", autouse=True)
def token_table(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The token table, unpacked once, and not into the user's cache."""
    os.environ["TIKTOKEN_CACHE_DIR"] = str(tmp_path_factory.mktemp("tiktoken"))
    with warnings.catch_warnings():
        # bpe_openai opens its data in an old way as it is imported, which Python 3.11 and 3.12 warn of.
        warnings.filterwarnings("ignore", "open_binary is deprecated", DeprecationWarning)
        assert count_tokens("") == 0


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of real PDFs: tests.samples.PAPERS."""
    return make_papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="session")
def indexed_once(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("indexed") / "data"
    index_files(
        list_readable_files([papers]),
        library=Library(home),
        vectors=lambda: VectorIndex(home, FakeEmbeddings()),
        embedding=EMBEDDING,
    )
    return home


@pytest.fixture
def home(indexed_once: Path, tmp_path: Path) -> Path:
    """A library of the papers, at MUNHEON_HOME."""
    return shutil.copytree(indexed_once, tmp_path / "data")


@pytest.fixture
def search(home: Path) -> HybridSearch:
    """The search over that library."""
    embeddings = FakeEmbeddings()
    return HybridSearch(Library(home), embeddings, lambda: VectorIndex(home, embeddings))


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenAI]:
    """A fake OpenAI server that the environment names; clients try again without waiting."""
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    server = FakeOpenAI()
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    yield server
    server.close()


@pytest.fixture
def no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the packages of the embedded models."""
    monkeypatch.setattr("models.embedded.gguf.find_spec", lambda name: None)


@pytest.fixture
def settings(environment: None) -> Settings:
    """The settings that the environment gives."""
    return Settings()
