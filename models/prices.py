"""What models cost, in US dollars a million tokens, as their makers publish it."""

from collections.abc import Mapping
from typing import NamedTuple


class Price(NamedTuple):
    """Of a million tokens; embedding models have input alone."""

    input: float
    cached: float = 0.0
    """Input that an earlier call began with."""

    output: float = 0.0


PUBLISHED: Mapping[str, Price] = {
    "text-embedding-3-small": Price(0.02),
    "text-embedding-3-large": Price(0.13),
    "text-embedding-ada-002": Price(0.10),
    "gpt-4o-mini": Price(0.15, 0.075, 0.60),
    "gpt-4o": Price(2.50, 1.25, 10.00),
    "gpt-4.1-nano": Price(0.10, 0.025, 0.40),
    "gpt-4.1-mini": Price(0.40, 0.10, 1.60),
    "gpt-4.1": Price(2.00, 0.50, 8.00),
}


def compute_dollars(price: Price, *, fresh: int = 0, cached: int = 0, output: int = 0) -> float:
    """What so many tokens cost."""
    return (price.input * fresh + price.cached * cached + price.output * output) / 1_000_000
