"""What models cost, in US dollars a million tokens, as their makers publish it."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from language.data import read_table
from models.connect.choose import Choice, find_address

# How makers name a state of a model: gpt-4o-2024-08-06, claude-sonnet-4-5-20250929.
DATE = re.compile(r"-20\d\d-?\d\d-?\d\d$")
# Below this many dollars two decimals say too little.
LEAST_WITH_CENTS = 0.1


class Price(NamedTuple):
    """Of a million tokens; embedding models have input alone."""

    input: float
    cached: float = 0.0
    """Input that an earlier call began with."""

    output: float = 0.0


FREE = Price(0.0)


@cache
def read_prices() -> Mapping[str, Price]:
    """The published prices by the models' names."""
    rows = read_table("prices", package="models.cost")
    return {
        row["name"]: Price(float(row["input"]), float(row["cached"]), float(row["output"]))
        for row in rows
    }


def find_price(choice: Choice, own: Mapping[str, tuple[float, float, float]]) -> Price | None:
    """What a model costs, first by the user's `own` prices; None where nobody has said it.

    Behind another address, names of OpenAI's models say nothing.
    """
    if choice.runs_here:
        return FREE
    names = _list_names(choice.name)
    if found := next((own[name] for name in names if name in own), None):
        return Price(*found)
    if choice.is_free:
        return FREE
    if choice.speaks_openai and find_address(choice):
        return None
    published = read_prices()
    return next((published[name] for name in names if name in published), None)


def _list_names(name: str) -> list[str]:
    """A model's name as it stands, without a gateway's prefix, and without its date."""
    bare = name.rpartition("/")[2]
    return [name, bare, DATE.sub("", bare)]


def compute_dollars(price: Price, *, fresh: int = 0, cached: int = 0, output: int = 0) -> float:
    """What so many tokens cost."""
    return (price.input * fresh + price.cached * cached + price.output * output) / 1_000_000


def write_usd(usd: float) -> str:
    """So much, in cents or in hundredths of them."""
    return f"${usd:.4f}" if 0 < usd < LEAST_WITH_CENTS else f"${usd:.2f}"
