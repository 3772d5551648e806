"""How often a call that failed is made again: by each call, and by all calls of one question."""

import random
from contextvars import ContextVar
from dataclasses import dataclass

from models.faults import Fault, FaultKind, is_passing_fault

# A server that is busy, or does not answer, gets this many further tries a call.
RETRIES = 2
# All calls of one question together: eight passages are graded side by side, and a server that is
# down would be asked three times for each.
TRIES_A_QUESTION = 12
# Kinds of faults that may be over at once.
PASSING: frozenset[FaultKind] = frozenset({"rate", "timeout", "server", "unreachable"})
# Seconds before the first further try, doubled each time.
FIRST_WAIT = 0.5
# A server that asks for more is not waited for: the reader is told how long it wants.
LONGEST_WAIT = 30.0


@dataclass
class TryBudget:
    """Further tries that are left to one question."""

    left: int = TRIES_A_QUESTION

    def take(self) -> bool:
        """Whether one more may be made; it is counted."""
        self.left -= 1
        return self.left >= 0


_budget: ContextVar[TryBudget | None] = ContextVar("tries", default=None)


def begin_tries() -> None:
    """Give the question that is asked from here on its own further tries."""
    _budget.set(TryBudget())


def take_try() -> bool:
    """Whether a call of this question may be made again; outside of questions always."""
    budget = _budget.get()
    return budget is None or budget.take()


def choose_wait(fault: Fault, tries: int) -> float | None:
    """Seconds to wait before a call is made again after so many further tries; None: not at all."""
    if fault.kind not in PASSING or tries >= RETRIES:
        return None
    if fault.retry_after is not None:
        return fault.retry_after if fault.retry_after <= LONGEST_WAIT else None
    # Calls that failed side by side would come back side by side.
    return FIRST_WAIT * float(2**tries) * random.uniform(0.75, 1.25)


def is_worth_a_try(error: Exception) -> bool:
    """Whether a step whose model sent no usable reply may be taken again; it is counted."""
    return is_passing_fault(error) and take_try()
