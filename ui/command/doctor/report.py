"""What the doctor has found, as lines and as an object for reports of faults."""

import os
import platform
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from language.catalogue import write_text
from ui.command.doctor.finding import Finding, State
from ui.command.doctor.run import Result

# Signs that every Korean encoding has.
SIGNS: Mapping[State, tuple[str, str]] = {
    "ok": ("○", "green"),
    "warning": ("△", "yellow"),
    "error": ("×", "red"),
}
# Variables of the environment that hold what nobody else may see.
SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)
# Shorter values are words that stand anywhere.
SHORTEST = 6
# Whose folder it is, in a path.
OWNER = re.compile(r"((?:/home|/Users)/)[^/\s]+")
HIDDEN = "***"


def print_finding(result: Result) -> None:
    """Print a finding as one line: how it is, what it is, and what to do."""
    check, finding = result
    sign, colour = SIGNS[finding.state]
    remedy = f" → {finding.remedy}" if finding.remedy else ""
    line = f"{write_text(check.label)}: {finding.detail}{remedy}"
    click.echo(f"{click.style(sign, fg=colour)} {hide_private(' '.join(line.split()))}")


def print_summary(results: Sequence[Result]) -> None:
    """Print how many findings are of which kind."""
    counts = Counter(finding.state for _, finding in results)
    ok, warnings, errors = (counts[state] for state in SIGNS)
    told = write_text("doctor.summary", all=len(results), ok=ok, warnings=warnings, errors=errors)
    click.echo(told)


def record_findings(results: Iterable[Result]) -> dict[str, Any]:
    """What was found, for a report: without keys, passwords and names of users."""
    return {
        "version": version("munheon"),
        "platform": platform.platform(),
        "findings": [{"name": check.name, **_record(finding)} for check, finding in results],
    }


def _record(finding: Finding) -> dict[str, str]:
    return {name: hide_private(value) for name, value in asdict(finding).items()}


def hide_private(text: str) -> str:
    """A text without secrets of the environment, and without the names of users in paths."""
    for name, value in os.environ.items():
        if SECRET.search(name) and len(value.strip()) >= SHORTEST:
            text = text.replace(value.strip(), HIDDEN)
    home = str(Path.home())
    if len(home) > 1:
        text = re.sub(rf"{re.escape(home)}(?=/|\W|$)", "~", text)
    return OWNER.sub(rf"\1{HIDDEN}", text)
