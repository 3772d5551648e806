"""Intervals and tests, against known values."""

import pytest

from evaluation.intervals import bootstrap_interval, mcnemar_p


def test_a_figure_without_spread_is_sure():
    assert bootstrap_interval([1.0] * 20) == (1, 1)
    assert bootstrap_interval([]) == (0, 0)


def test_an_interval_is_near_the_normal_one_and_the_same_each_time():
    # 100 questions, half right: .5 ± 1.96 * .05
    values = [0.0, 1.0] * 50

    assert bootstrap_interval(values) == pytest.approx((0.402, 0.598), abs=0.015)
    assert bootstrap_interval(values) == bootstrap_interval(values)


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [(0, 0, 1.0), (3, 3, 1.0), (0, 5, 2 / 32), (1, 5, 2 * 7 / 64), (5, 1, 2 * 7 / 64)],
)
def test_mcnemars_p_is_the_binomial_one(only_first: int, only_second: int, p: float):
    assert mcnemar_p(only_first, only_second) == p
