"""The library that the end-to-end tests ask, embedded once."""

from pathlib import Path

import pytest

from tests.e2e.library import EXAMPLES, SHARED_PAPERS, index

# Three are enough to go wrong with, and take a minute to embed.
NAMES = ("solar", "phi", "attention")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library of three papers."""
    papers = SHARED_PAPERS if SHARED_PAPERS.is_dir() else EXAMPLES
    home = tmp_path_factory.mktemp("library")
    index(home, *(next(papers.glob(f"{name}*.pdf")) for name in NAMES))
    return home
