"""How sure a figure is: bootstrap intervals, and exact tests of two runs."""

from collections.abc import Sequence
from math import comb

import numpy as np

BOOTSTRAP_SEED = 1
RESAMPLES = 2_000
# Percentiles that leave 95 % between them.
TAILS = (2.5, 97.5)


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a mean, by the percentile bootstrap (Efron & Tibshirani 1993, ch. 13)."""
    if not values:
        return 0.0, 0.0
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(BOOTSTRAP_SEED).integers(
        len(sample), size=(RESAMPLES, len(sample))
    )
    low, high = np.percentile(sample[drawn].mean(axis=1), TAILS)
    return float(low), float(high)


def mcnemar_p(only_first: int, only_second: int) -> float:
    """The exact two-sided p of so many questions that one run alone has right (McNemar 1947)."""
    differing = only_first + only_second
    fewer = min(only_first, only_second)
    tail: float = sum(comb(differing, count) for count in range(fewer + 1)) / 2**differing
    return min(1.0, 2 * tail)
