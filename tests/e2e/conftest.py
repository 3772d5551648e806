"""The library that the end-to-end tests ask, embedded once; the browser, and its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.library import EXAMPLES, SHARED_PAPERS, index
from tests.e2e.pages import open_browser, open_page

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
