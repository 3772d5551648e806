"""What the command line asks the person before it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrieval.errors import UserError
from ui.command.estimates import print_estimate

if TYPE_CHECKING:  # Chroma and its kind take seconds to import, and most commands need none
    from indexing.estimate import Estimate


def ask_password(path: Path) -> str | None:
    """Ask for the password of a PDF, unseen; None where nobody can answer or wants to."""
    if not sys.stdin.isatty():
        return None
    hint = f"{path.name}의 암호 (건너뛰려면 Enter)"
    return click.prompt(hint, hide_input=True, default="", show_default=False, err=True) or None


def confirm_cost(estimate: Estimate) -> bool:
    """Ask whether to go on; UserError where nobody can answer."""
    print_estimate(estimate)
    if not sys.stdin.isatty():
        raise UserError("indexing.cost_over_limit")
    return click.confirm("계속할까요?")
