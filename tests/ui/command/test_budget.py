"""MUNHEON_BUDGET_USD on the command line, over a fake OpenAI server."""

import json
from pathlib import Path

import pytest

from models.cost.spending import FILE, SpendingLedger
from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import (
    ANSWER,
    GOLD,
    QUESTION,
    assert_told,
    chat_tasks,
    munheon,
    objects,
    printed,
    question_file,
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpendingLedger:
    """A dollar a day, where 1,000 tokens of the chat model cost one."""
    prices = {"gpt-4o-mini": [1000, 1000, 1000], "text-embedding-3-small": [1, 0, 0]}
    monkeypatch.setenv("MUNHEON_PRICES", json.dumps(prices))
    monkeypatch.setenv("MUNHEON_BUDGET_USD", "1")
    return SpendingLedger(tmp_path / "data")


@pytest.mark.usefixtures("home")
class TestAsk:
    def test_an_answer_is_counted(self, openai: FakeOpenAI, ledger: SpendingLedger):
        [record] = objects("ask", QUESTION, "--json")

        tokens = sum(record["tokens"].values())
        assert tokens > 0
        assert ledger.read_today() == pytest.approx(tokens / 1000, abs=1e-4)  # and an embedding

    def test_a_spent_budget_is_told_before_anything_is_asked(
        self, openai: FakeOpenAI, ledger: SpendingLedger
    ):
        ledger.add_amount(1.5)

        assert_told(munheon("ask", QUESTION), "오늘 예산 $1.00 가운데 $1.50를 써서")
        assert openai.requests == []

    def test_a_budget_that_is_reached_in_the_middle_stops_the_next_call(
        self, openai: FakeOpenAI, ledger: SpendingLedger
    ):
        ledger.add_amount(0.999)

        assert_told(munheon("ask", QUESTION), "오늘 예산 $1.00")
        assert chat_tasks(openai) == ["translate"]

    def test_four_fifths_are_told_once_on_standard_error(
        self, openai: FakeOpenAI, ledger: SpendingLedger
    ):
        ledger.add_amount(0.8)

        first, second = munheon("ask", QUESTION), munheon("ask", QUESTION)

        assert "오늘 예산의 8" in first.stderr
        assert "오늘 예산의" not in first.stdout + second.output
        assert ANSWER in first.stdout

    def test_a_model_of_unknown_price_is_asked_and_named(
        self, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, ledger: SpendingLedger
    ):
        monkeypatch.setenv("MUNHEON_PRICES", "{}")
        monkeypatch.setattr("models.connect.choose.is_loopback", lambda address: False)

        result = munheon("ask", QUESTION)

        assert ANSWER in result.stdout
        assert "openai:gpt-4o-mini의 가격을 몰라" in result.stderr
        assert ledger.read_today() == 0

    def test_a_server_of_this_machine_leaves_no_file(
        self, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, home: Path
    ):
        monkeypatch.setenv("MUNHEON_BUDGET_USD", "1")

        printed("ask", QUESTION)

        assert not (home / FILE).exists()


@pytest.mark.usefixtures("home")
def test_a_search_stops_where_the_budget_is_spent(openai: FakeOpenAI, ledger: SpendingLedger):
    ledger.add_amount(1)

    assert_told(munheon("search", QUESTION), "오늘 예산 $1.00")


@pytest.mark.usefixtures("home")
def test_a_measurement_ends_where_the_budget_does(
    openai: FakeOpenAI, ledger: SpendingLedger, tmp_path: Path
):
    ledger.add_amount(0.999)
    path = question_file(tmp_path, GOLD, GOLD)

    assert_told(munheon("eval", path), "오늘 예산 $1.00")
    assert chat_tasks(openai) == ["translate"]


class TestIndex:
    def test_a_run_that_costs_more_than_is_left_does_not_start(
        self, openai: FakeOpenAI, papers: Path, ledger: SpendingLedger
    ):
        ledger.add_amount(0.9)

        assert_told(munheon("index", "--contextual", "--yes", papers), "오늘 남은 예산 $0.10")
        assert openai.requests == []

    def test_the_estimate_names_what_is_left(
        self, openai: FakeOpenAI, papers: Path, ledger: SpendingLedger
    ):
        ledger.add_amount(0.25)

        assert "오늘 남은 예산 $0.75" in printed("index", "--dry-run", papers)

    def test_vectors_and_headers_are_counted(
        self,
        openai: FakeOpenAI,
        papers: Path,
        ledger: SpendingLedger,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setenv("MUNHEON_BUDGET_USD", "1000")

        printed("index", "--contextual", "--yes", papers)

        calls = openai.count("header")
        assert calls > 0
        embedded = openai.count("embed") / 1e6  # a token each, says the server
        assert ledger.read_today() == pytest.approx(calls * 15 / 1000 + embedded)

    def test_a_run_that_reaches_the_budget_keeps_what_it_has_paid_for(
        self,
        openai: FakeOpenAI,
        papers: Path,
        ledger: SpendingLedger,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setenv("MUNHEON_CONTEXTUAL_PARALLEL", "1")
        monkeypatch.setattr(SpendingLedger, "check_estimate", lambda self, usd: None)
        ledger.add_amount(0.98)

        assert_told(munheon("index", "--contextual", "--yes", papers), "오늘 예산 $1.00")
        assert openai.count("header") == 2
        monkeypatch.setenv("MUNHEON_BUDGET_USD", "1000")
        total = len(list(papers.iterdir()))
        printed("index", "--contextual", "--yes", papers)

        assert openai.count("header") == total


class TestModels:
    def test_what_today_has_cost_is_the_last_line(self, openai: FakeOpenAI, ledger: SpendingLedger):
        ledger.add_amount(0.12)

        assert printed("models").splitlines()[-1] == "오늘 쓴 비용: $0.12 / $1.00"

    def test_without_a_budget_the_cost_alone_is_shown(
        self, openai: FakeOpenAI, ledger: SpendingLedger, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.delenv("MUNHEON_BUDGET_USD")
        assert "오늘 쓴 비용" not in printed("models")
        ledger.add_amount(0.12)

        assert printed("models").splitlines()[-1] == "오늘 쓴 비용: $0.12"


@pytest.mark.parametrize("budget", ["0", "-1", "nan", "inf", "free"])
def test_a_budget_that_makes_no_sense_is_told(budget: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MUNHEON_BUDGET_USD", budget)

    assert_told(munheon("models"), "MUNHEON_BUDGET_USD")
