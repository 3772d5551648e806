"""The embedded models answer in Korean, and what they cite stands where they say."""

import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from language.catalogue import write_text
from retrieval.store.library import Library
from tests.e2e.library import MUNHEON, keyless

pytestmark = pytest.mark.e2e

HANGUL = re.compile("[가-힣]")
# A quote is looked for in pieces: a word may go on in the next column, behind a note.
PIECE = 30
HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011"))


@pytest.mark.parametrize(
    ("paper", "question"),
    [("solar", write_text("starters.solar")), ("phi", write_text("starters.phi"))],
)
def test_a_question_is_answered_from_the_right_paper(library: Path, paper: str, question: str):
    answered = ask(library, question)

    assert answered["outcome"] == "answered"
    assert HANGUL.search(answered["answer"])
    assert any(cited["document"].startswith(paper) for cited in answered["citations"])
    for cited in answered["citations"]:
        assert f"[{cited['n']}]" in answered["answer"]
        here, onward = texts_from(library, cited["document"], cited["page"])
        quote = bare(cited["quote"])
        pieces = [quote[at : at + PIECE] for at in range(0, len(quote), PIECE)]
        assert any(piece in bare(here) for piece in pieces[:2])
        assert sum(piece not in bare(onward) for piece in pieces) <= 1


def ask(library: Path, question: str) -> dict[str, Any]:
    """The record of one question, asked in a process of its own."""
    done = subprocess.run(
        [MUNHEON, "ask", "--json", question],
        env=keyless(library),
        check=True,
        capture_output=True,
        text=True,
        timeout=1_800,
    )
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def texts_from(library: Path, name: str, page: int) -> tuple[str, str]:
    """A page's text, and the same with the next page's: a quote may run on to it."""
    papers = Library(library)
    [document] = [document for document in papers.list_documents() if document.name == name]
    with pymupdf.open(papers.original_path(document.sha256)) as pdf:
        here, *more = [str(pdf[at].get_text()) for at in range(page - 1, min(page + 1, len(pdf)))]
    return here, "".join([here, *more])


def bare(text: str) -> str:
    """Letters and signs alone: line breaks and hyphens are a matter of layout."""
    return "".join(unicodedata.normalize("NFKC", text).translate(HYPHENS).split())
