"""A rule, and how it is switched off: the product's own functions and constants are patched.

A name that is gone is an error.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from unittest.mock import patch

# Patterns that match nothing, and everything.
NEVER = re.compile(r"(?!)")
ALWAYS = re.compile("")

Switch = Callable[[], AbstractContextManager[Any]]
"""Makes what switches a rule off, for as long as it is entered."""

Aim = Literal["answer", "citation"]
"""What a rule is for: the right answer, quote or refusal, or the right page."""


@dataclass(frozen=True)
class Rule:
    """One rule: what it does, how it is switched off, and why it may stay whatever it is worth."""

    name: str
    does: str
    switch: Switch
    safety: str = ""
    """A reason that no figure of right and wrong answers tells."""

    aim: Aim = "answer"


def replace_names(values: Mapping[str, Any]) -> Switch:
    """What puts a value in the place of each name, and the product's own back in the end."""

    @contextmanager
    def switch() -> Iterator[None]:
        with ExitStack() as stack:
            for name, value in values.items():
                stack.enter_context(patch(name, value))
            yield

    return switch


def replace_name(name: str, value: Any) -> Switch:
    """The same for one name."""
    return replace_names({name: value})


def return_false(*args: Any, **kwargs: Any) -> bool:
    """A test that nothing meets."""
    return False


def return_true(*args: Any, **kwargs: Any) -> bool:
    """A test that everything meets."""
    return True


def return_none(*args: Any, **kwargs: Any) -> None:
    """Finds none."""


def return_empty(*args: Any, **kwargs: Any) -> list[Any]:
    """Finds no single one."""
    return []


def first_as_it_is(first: Any, *args: Any, **kwargs: Any) -> Any:
    """The first argument, unchanged."""
    return first


def second_as_it_is(first: Any, second: Any, *args: Any) -> Any:
    """The second argument, unchanged."""
    return second
