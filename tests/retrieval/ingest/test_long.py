"""A PDF of hundreds of pages is read, by a process with its limits on, and found to its last page."""

from pathlib import Path

import pytest

from retrieval.parsing.workers import ReaderPool
from tests.retrieval.desk import Desk

PAGES, LINES = 600, 40


def page(number: int) -> str:
    """Forty lines of prose, with one sentence that no other page has."""
    filler = [
        f"Experiment {number}.{line} trains the model of that size on text of the kind {line}."
        for line in range(LINES)
    ]
    return "\n".join([*filler, f"The codeword of the page is zebra{number}."])


@pytest.mark.e2e
def test_all_of_it_is_found_at_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("retrieval.ingest.ledger.ReaderPool", ReaderPool)
    desk = Desk(tmp_path)
    desk.write("long.pdf", *map(page, range(1, PAGES + 1)))

    assert desk.index() == {"long.pdf": "indexed"}

    [document] = desk.library.list_documents()
    assert (document.pages, document.state, document.warning) == (PAGES, "ready", None)
    search = desk.open_search()
    for number in (1, PAGES // 2, PAGES):
        codeword = f"zebra{number}"
        [hit, *_] = search.find_passages(lexical=[codeword], semantic=[codeword], top=1)
        at = hit.passage.text.index(f"{codeword}.")
        assert hit.passage.page_at(at) == number
