"""The day's spending: no amount is lost, a budget holds for one day, and notes are told once."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.cost.spending import (
    FILE,
    BudgetReached,
    BudgetTooSmall,
    SpendingLedger,
    SpendingNotKept,
)

TIMES = 40


def add_often(home: Path) -> None:
    for _ in range(TIMES):
        SpendingLedger(home).add_amount(0.01)


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Makes a day today."""

    def go(day: date) -> None:
        monkeypatch.setattr("models.cost.spending._write_today", day.isoformat)

    return go


def test_amounts_add_up_across_ledgers(tmp_path: Path):
    SpendingLedger(tmp_path).add_amount(0.25)
    SpendingLedger(tmp_path, 1.0).add_amount(0.5)

    assert SpendingLedger(tmp_path).read_today() == 0.75
    assert SpendingLedger(tmp_path, 1.0).find_left() == 0.25


def test_processes_that_add_at_once_lose_nothing(tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=add_often, args=(tmp_path,)) for _ in range(3)]

    for process in running:
        process.start()
    for process in running:
        process.join()

    assert SpendingLedger(tmp_path).read_today() == pytest.approx(3 * TIMES * 0.01)


def test_no_file_is_made_where_nothing_is_spent(tmp_path: Path):
    ledger = SpendingLedger(tmp_path / "data", 1.0)

    ledger.add_amount(0.0)
    ledger.check_budget()
    SpendingLedger(tmp_path / "data").note_uncounted("openai:own")

    assert (ledger.read_today(), ledger.take_notes()) == (0.0, [])
    assert not (tmp_path / "data").exists()


def test_a_spent_budget_stops_calls_until_the_next_day(
    tmp_path: Path, go_to: Callable[[date], None]
):
    ledger = SpendingLedger(tmp_path, 0.5)
    go_to(date(2026, 5, 31))
    ledger.add_amount(0.49)
    ledger.check_budget()
    ledger.add_amount(0.02)

    with pytest.raises(
        BudgetReached, match=r"\$0\.50 가운데 \$0\.51.*자정.*MUNHEON_BUDGET_USD.*\)$"
    ):
        ledger.check_budget()
    go_to(date(2026, 6, 1))

    ledger.check_budget()
    assert ledger.read_today() == 0


def test_without_a_budget_nothing_is_stopped(tmp_path: Path):
    ledger = SpendingLedger(tmp_path)
    ledger.add_amount(1_000_000)

    ledger.check_budget()
    ledger.check_estimate(1_000_000)

    assert ledger.find_left() is None


def test_a_run_must_fit_into_what_is_left(tmp_path: Path):
    ledger = SpendingLedger(tmp_path, 1.0)
    ledger.add_amount(0.75)

    ledger.check_estimate(0.25)
    ledger.check_estimate(None)

    with pytest.raises(BudgetTooSmall, match=r"\$0\.26.*\$0\.25.*\$0\.75/\$1\.00"):
        ledger.check_estimate(0.26)


def test_a_budget_that_comes_to_its_end_is_told_once_a_day(
    tmp_path: Path, go_to: Callable[[date], None]
):
    ledger = SpendingLedger(tmp_path, 1.0)
    go_to(date(2026, 5, 31))
    ledger.add_amount(0.79)
    assert ledger.take_notes() == []
    ledger.add_amount(0.03)

    [note] = ledger.take_notes()
    assert note.write("ko") == "오늘 예산의 82%를 썼습니다: $0.82/$1.00"
    assert note.write("en") == "82% of today's budget is spent: $0.82/$1.00"
    assert SpendingLedger(tmp_path, 1.0).take_notes() == []
    go_to(date(2026, 6, 1))
    ledger.add_amount(0.9)
    assert len(ledger.take_notes()) == 1


def test_an_unknown_price_is_told_once(tmp_path: Path):
    ledger = SpendingLedger(tmp_path, 1.0)

    for _ in range(3):
        ledger.note_uncounted("openai:own")

    [note] = ledger.take_notes()
    assert str(note).startswith("openai:own의 가격을 몰라")
    assert "MUNHEON_PRICES" in str(note)
    assert ledger.take_notes() == []


def test_a_broken_file_stops_those_with_a_budget_alone(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"no database" * 100)

    SpendingLedger(tmp_path).add_amount(1)

    assert SpendingLedger(tmp_path).read_today() == 0
    with pytest.raises(SpendingNotKept, match=r"spending\.db"):
        SpendingLedger(tmp_path, 1.0).check_budget()


def test_a_locked_file_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ledger = SpendingLedger(tmp_path, 1.0)
    ledger.add_amount(0.1)
    monkeypatch.setattr("models.cost.spending.BUSY_SECONDS", 0.01)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    ledger.add_amount(0.1)

    other.close()
    with pytest.raises(SpendingNotKept, match="locked"):
        ledger.check_budget()
