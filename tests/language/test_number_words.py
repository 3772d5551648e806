"""Numbers in the words of a source: what they are worth."""

from decimal import Decimal

import pytest

from language.number_words import find_english_magnitudes, find_values_in_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("thirty-two layers", 32),
        ("one hundred and twenty heads", 120),
        ("two hundred and six thousand", 206_000),
        ("six trillion tokens", 6 * 10**12),
        ("a dozen languages", 12),
        ("seventeen tasks", 17),
        ("twice as fast", 2),
        ("the cost tripled", 3),
        ("half of them", Decimal("0.5")),
        ("50% of the data", Decimal("0.5")),
        ("reduced by a factor of 2", Decimal("0.5")),
    ],
)
def test_source_states_numbers_in_words(text: str, value: Decimal):
    assert value in find_values_in_words(text)


@pytest.mark.parametrize("text", ["350% more", "0.50% of it", "2x2 grids", "behalf", "1/24"])
def test_half_is_stated_by_half_alone(text: str):
    assert Decimal("0.5") not in find_values_in_words(text)


@pytest.mark.parametrize(
    ("text", "magnitude"),
    [
        ("several million", 6),
        ("millions of documents", 6),
        ("hundreds of thousands of users", 5),
        ("tens of billions", 10),
        ("dozens of languages", 1),
        ("a few hundred", 2),
    ],
)
def test_magnitude_of_several(text: str, magnitude: int):
    assert magnitude in find_english_magnitudes(text)
