"""Whoever fails waits."""

from ui.access import delays
from ui.access.delays import Delays


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def waits_of(tries: int, *, longest: int = 900) -> list[float]:
    """How long one waits after each of some failures."""
    clock = Clock()
    kept = Delays(free=2, longest=longest, clock=clock)
    waits = []
    for _ in range(tries):
        kept.count_try("kim")
        waits.append(kept.seconds_left("kim"))
        clock.now += waits[-1]
    return waits


def test_waits_grow_up_to_the_longest():
    assert waits_of(9) == [0, 0, 5, 15, 60, 300, 900, 900, 900]
    assert waits_of(7, longest=60) == [0, 0, 5, 15, 60, 60, 60]


def test_a_success_forgets_and_others_are_not_touched():
    kept = Delays(free=0, longest=900)
    kept.count_try("kim")
    assert kept.seconds_left("lee") == 0
    kept.forget("kim")
    assert kept.seconds_left("kim") == 0


def test_a_success_from_an_address_takes_back_one_try_alone():
    clock = Clock()
    kept = Delays(free=2, longest=900, clock=clock)
    for _ in range(3):
        kept.count_try("10.0.0.1")
    kept.take_back("10.0.0.1")
    assert kept.seconds_left("10.0.0.1") == 0

    kept.count_try("10.0.0.1")
    assert kept.seconds_left("10.0.0.1") == 5


def test_old_failures_are_forgotten():
    clock = Clock()
    kept = Delays(free=1, longest=900, clock=clock)
    for _ in range(3):
        kept.count_try("kim")
    clock.now += delays.FORGOTTEN_SECONDS + 100
    kept.count_try("kim")

    assert kept.seconds_left("kim") == 0


def test_a_flood_of_names_costs_no_memory():
    kept = Delays(free=0, longest=900)
    for number in range(delays.MOST + 50):
        kept.count_try(str(number))

    assert len(kept._failures) == delays.MOST
    assert kept.seconds_left("0") == 0
