"""Checks that read library.db take turns."""

from functools import wraps
from threading import Lock

from ui.command.doctor.finding import Examine, Finding, Subject

# SQLite may call a database busy while its last reader closes it: side by side checks hinder each other.
ledger_turn = Lock()


def take_turn(examine: Examine) -> Examine:
    """The check, made while no other reads library.db."""

    @wraps(examine)
    def examine_in_turn(subject: Subject) -> list[Finding]:
        with ledger_turn:
            return list(examine(subject))

    return examine_in_turn
