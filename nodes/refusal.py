"""Why a question was not answered: a rule, and what it met."""

from dataclasses import dataclass
from typing import Literal

RefusalRule = Literal[
    "nothing_found",
    "unknown_paper",
    "not_on_papers",
    "no_such_table",
    "no_such_page",
    "nothing_relevant",
    "unknown_name",
    "no_such_unit",
    "no_such_column",
    "no_amount",
    "off_topic",
    "uncertain_figure",
    "model_refused",
    "nothing_confirmed",
    "not_all_confirmed",
]
"""The rules, each of which `docs/answering.md` explains."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """The rule that refused a question, kept in the state and shown in the trace."""

    rule: RefusalRule
    detail: str = ""
    """What it met: the names that no paper holds, or the answer that was refused."""
