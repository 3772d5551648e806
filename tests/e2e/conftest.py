"""The library that the end-to-end tests ask, embedded once; the browser, and its pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.library import EXAMPLES, SHARED_PAPERS, index
from tests.e2e.pages import ChatServer, open_browser, open_page, serve_chat
from tests.fake_openai import FakeOpenAI

# Three are enough to go wrong with, and take a minute to embed.
NAMES = ("solar", "phi", "attention")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of three papers."""
    papers = SHARED_PAPERS if SHARED_PAPERS.is_dir() else EXAMPLES
    home = tmp_path_factory.mktemp("library")
    index(home, *(next(papers.glob(f"{name}*.pdf")) for name in NAMES))
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOpenAI]:
    """A model server that says what it was told to."""
    server = FakeOpenAI()
    yield server
    server.close()


@pytest.fixture(scope="module")
def chat(
    model: FakeOpenAI, indexed_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatServer]:
    """The chat over the tests' small papers, with that model."""
    folder = tmp_path_factory.mktemp("chat")
    home = shutil.copytree(indexed_once, folder / "data")
    names = {
        "OPENAI_API_KEY": "test-key",
        "OPENAI_BASE_URL": model.base_url,
        "MUNHEON_CHAT_MODEL": "openai:gpt-4o-mini",
        "MUNHEON_PROFILE": "strong",
    }
    with serve_chat(home, folder / "log", **names) as server:
        yield server
