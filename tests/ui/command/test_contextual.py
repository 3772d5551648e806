"""`munheon index --contextual`: headers by the chat model, over real HTTP."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.samples import PAPERS, make_pdf
from tests.treatments import refuses, says, takes
from tests.ui.command.commands import assert_told, munheon, printed

ROOT = Path(__file__).parents[3]
COMMAND = [
    sys.executable,
    "-c",
    "from ui.command.main import main; main()",
    "index",
    "--contextual",
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def test_every_passage_is_searched_with_what_the_model_wrote(
    openai: FakeOpenAI, papers: Path, library: Library
):
    told = printed("index", "--contextual", papers)

    assert "추가됨  solar.pdf (1개 구절, 머리말 1개 새로 씀)" in told
    assert openai.count("header") == len(PAPERS)
    assert {passage.context for passage in library.list_passages()} == {openai.replies["header"]}
    embedded = [
        text for asked in openai.requests if asked.task == "embed" for text in asked.body["input"]
    ]
    assert all(openai.replies["header"] in text for text in embedded)


def test_once_contextual_the_library_stays_so(
    openai: FakeOpenAI, papers: Path, tmp_path: Path, library: Library
):
    printed("index", "--contextual", papers)
    result = munheon("index", make_pdf(tmp_path / "more.pdf", "More words."))

    assert result.exit_code == 0
    assert "--no-contextual" in result.stderr
    assert all(passage.context for passage in library.list_passages())
    assert openai.count("header") == len(PAPERS) + 1


def test_free_headers_can_be_had_all_the_same(openai: FakeOpenAI, papers: Path, tmp_path: Path):
    printed("index", "--contextual", papers)
    printed("index", "--no-contextual", make_pdf(tmp_path / "more.pdf", "More words."))

    assert openai.count("header") == len(PAPERS)


def test_headers_come_to_a_library_that_was_made_without(
    openai: FakeOpenAI, home: Path, papers: Path, library: Library
):
    told = printed("index", "--contextual", papers)

    assert "그대로  solar.pdf (머리말 1개 새로 씀)" in told
    assert all(passage.context for passage in library.list_passages())


def test_a_passage_without_one_is_listed_with_its_page_and_why(
    openai: FakeOpenAI, papers: Path, monkeypatch
):
    monkeypatch.setenv("MUNHEON_CONTEXTUAL_PARALLEL", "1")
    openai.faults["header"] = [says("이것은 영어가 아닙니다.")] * 3

    result = munheon("index", "--contextual", papers)

    assert result.exit_code == 0
    assert "머리말을 쓰지 못한 구절: attention.pdf 1쪽. 모델이 알아볼 수 없는" in result.stderr
    assert "파일 3개 가운데 3개 준비됨" in result.stdout
    assert openai.count("header") == 3 + len(PAPERS) - 1


@pytest.mark.parametrize(
    ("treatment", "words"),
    [(refuses(401), "API 키가 올바르지"), (refuses(429, "insufficient_quota"), "잔액을 확인")],
)
def test_a_wrong_key_or_no_credit_ends_the_run_and_what_is_written_stays(
    openai: FakeOpenAI, papers: Path, library: Library, treatment, words: str, monkeypatch
):
    monkeypatch.setenv("MUNHEON_CONTEXTUAL_PARALLEL", "1")
    openai.faults["header"] = [takes(0)]
    openai.always["header"] = treatment

    assert_told(munheon("index", "--contextual", papers), words)

    openai.always.clear()
    before = openai.count("header")
    printed("index", "--contextual", papers)
    assert openai.count("header") - before == len(PAPERS) - 1
    assert all(passage.context for passage in library.list_passages())


def test_a_run_that_was_killed_repeats_no_finished_call(
    openai: FakeOpenAI, tmp_path: Path, library: Library, monkeypatch
):
    monkeypatch.setenv("MUNHEON_CONTEXTUAL_PARALLEL", "2")
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(8):
        make_pdf(folder / f"{number}.pdf", f"Paper {number} has words of its own.")
    openai.always["header"] = takes(0.2)
    process = subprocess.Popen(
        [*COMMAND, folder], cwd=ROOT, env=dict(os.environ), stderr=subprocess.DEVNULL
    )
    while openai.count("header") < 6:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    under_way = 2
    kept = [asked.text for asked in openai.requests if asked.task == "header"][: 6 - under_way]

    openai.requests.clear()
    openai.always.clear()
    printed("index", "--contextual", folder)

    again = {asked.text for asked in openai.requests if asked.task == "header"}
    assert again.isdisjoint(kept)
    assert len(again) <= 8 - len(kept)
    assert all(passage.context for passage in library.list_passages())


@pytest.fixture
def dear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers cost something, and nothing may be spent unasked."""
    prices = {"gpt-4o-mini": [1000, 1000, 1000], "text-embedding-3-small": [0, 0, 0]}
    monkeypatch.setenv("MUNHEON_PRICES", json.dumps(prices))
    monkeypatch.setenv("MUNHEON_CONSENT_USD", "0")


@pytest.mark.usefixtures("dear", "home")
def test_headers_for_what_is_indexed_already_are_not_bought_unasked(
    openai: FakeOpenAI, papers: Path
):
    assert_told(munheon("index", "--contextual", papers), "--yes")
    assert openai.count("header") == 0
    assert "비용 없음" not in printed("index", "--contextual", "--dry-run", papers)


@pytest.mark.usefixtures("dear")
def test_headers_that_are_kept_are_not_paid_for_again(openai: FakeOpenAI, papers: Path):
    printed("index", "--contextual", "--yes", papers)

    printed("index", "--rebuild")  # asks nobody, since it costs nothing
    assert openai.count("header") == len(PAPERS)
