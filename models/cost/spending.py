"""What paid calls have cost today, of all processes with the same library, and the day's budget."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from language.catalogue import Text
from models.cost.prices import write_usd
from retrieval.errors import UserError

FILE = "spending.db"
BUSY_SECONDS = 30.0
# The share of a budget from which on its user is told.
WARNING_SHARE = 0.8
# What a note is about, beside names of models.
BUDGET = ""

SCHEMA = """
CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, usd REAL NOT NULL);
CREATE TABLE IF NOT EXISTS notes (
    day TEXT, about TEXT, is_told INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (day, about)
);
"""
ADD = (
    "INSERT INTO spent VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET usd = spent.usd + excluded.usd"
)
NOTE = "INSERT OR IGNORE INTO notes (day, about) VALUES (?, ?)"
TAKE_NOTES = "UPDATE notes SET is_told = 1 WHERE day = ? AND is_told = 0 RETURNING about"


class BudgetReached(UserError):
    """What the day's budget allows is spent."""

    def __init__(self, spent: float, budget: float) -> None:
        super().__init__("budget.budget_reached", budget=write_usd(budget), spent=write_usd(spent))


class BudgetTooSmall(UserError):
    """A run would cost more than is left of the day's budget."""

    def __init__(self, usd: float, spent: float, budget: float) -> None:
        left = write_usd(max(budget - spent, 0))
        super().__init__(
            "budget.budget_too_small",
            estimate=write_usd(usd),
            left=left,
            spent=write_usd(spent),
            budget=write_usd(budget),
        )


class SpendingNotKept(UserError):
    """A budget is set, and the file that counts for it cannot be used."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__("budget.not_kept", file=path, reason=str(error))


class SpendingLedger:
    """The day's spending in a file of the library's folder, which paid calls alone make."""

    def __init__(self, home: Path, budget: float | None = None) -> None:
        self.budget = budget
        """USD a day; None: as much as one likes."""

        self._path = home / FILE
        self._fault: Exception | None = None

    def read_today(self) -> float:
        """What today has cost so far, in dollars."""
        if not self._path.exists():
            return 0.0
        rows = self._execute("SELECT usd FROM spent WHERE day = ?", _write_today())
        return rows[0][0] if rows else 0.0

    def find_left(self) -> float | None:
        """What is left of the day's budget; None where none is set."""
        return None if self.budget is None else max(self.budget - self.read_today(), 0.0)

    def check_budget(self) -> None:
        """BudgetReached where nothing is left to spend today."""
        if self.budget is None:
            return
        spent = self.read_today()
        if self._fault:
            raise SpendingNotKept(self._path, self._fault) from self._fault
        if spent >= self.budget:
            raise BudgetReached(spent, self.budget)

    def check_estimate(self, usd: float | None) -> None:
        """BudgetTooSmall where a run would cost more than is left today."""
        if self.budget is None or not usd:
            return
        spent = self.read_today()
        if usd > self.budget - spent:
            raise BudgetTooSmall(usd, spent, self.budget)

    def add_amount(self, usd: float) -> None:
        """Count what a call has cost."""
        if usd:
            self._execute(ADD, _write_today(), usd)

    def note_uncounted(self, model: str) -> None:
        """Keep in mind that nobody knows what a model costs, where that matters."""
        if self.budget is not None:
            self._execute(NOTE, _write_today(), model)

    def take_notes(self) -> list[Text]:
        """What a user with a budget is to be told, each line once a day."""
        if self.budget is None or not self._path.exists():
            return []
        spent, today = self.read_today(), _write_today()
        if spent >= self.budget * WARNING_SHARE:
            self._execute(NOTE, today, BUDGET)
        untold = self._execute(TAKE_NOTES, today)
        return [_write_note(about, spent, self.budget) for (about,) in untold]

    def _execute(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement; none where the file cannot be used, for a call that is paid counts more."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            ) as file:
                file.executescript(SCHEMA)
                return file.execute(statement, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._fault = error
            return []


def _write_today() -> str:
    return date.today().isoformat()


def _write_note(about: str, spent: float, budget: float) -> Text:
    if about == BUDGET:
        share, amounts = f"{spent / budget:.0%}", f"{write_usd(spent)}/{write_usd(budget)}"
        return Text("budget.share", share=share, amounts=amounts)
    return Text("budget.uncounted", model=about)
