"""What a check looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # other commands need none of it
    from graph.settings import Settings

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """How one thing is, and what to do where it is not well."""

    state: State
    detail: str
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is examined."""

    settings: Settings
    faults: tuple[Exception, ...] = ()
    """What is wrong with .env and the settings; those at fault count as not set."""

    port: int = 8000
    is_offline: bool = False
    """Whether nothing outside of this program may be called."""


Examine = Callable[[Subject], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """One thing that is looked at."""

    name: str
    label: str
    """The key of its name in the catalogue of texts."""

    examine: Examine


def find_fault(error: Exception) -> Finding:
    """A fault as its message tells it: first what is wrong, then what to do."""
    detail, _, remedy = " ".join(str(error).split()).partition(". ")
    return Finding("error", detail, remedy)
