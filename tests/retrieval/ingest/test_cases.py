"""Awkward real files: each is read, or fails with its reason, and none takes long."""

import re
from pathlib import Path

import pytest

from retrieval.parsing.workers import ReaderPool
from tests.retrieval.desk import Desk

SHARED = Path(__file__).parents[4] / "shared"
FOLDERS = [SHARED / "pdf-cases", SHARED / "korean-pdfs"]
HANGUL = re.compile("[가-힣]")
# The first bytes hold no page at all, or nothing that a page shows.
FAILING = {"corrupt", "encrypted", "scanned", "empty"}

pytestmark = pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS), reason="no real files beside the project"
)


def test_each_is_ready_or_failed_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("retrieval.ingest.ledger.ReaderPool", ReaderPool)
    desk = Desk(tmp_path)

    results = desk.results(*FOLDERS)

    assert results
    assert {result.path.parent.name for result in results if result.outcome == "failed"} <= FAILING
    for result in results:
        assert result.outcome in {"indexed", "failed"}
        assert (result.outcome == "failed") == bool(HANGUL.search(result.reason))
        assert "멈췄습니다" not in result.reason
