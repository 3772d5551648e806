"""Figures: the same value, however it is written."""

from decimal import Decimal

import pytest

from language.figures import (
    drop_pointers,
    find_figures,
    find_values,
    put_scales_in_korean,
)


def one(text: str) -> Decimal:
    (figure,) = find_figures(text)
    return figure.value


@pytest.mark.parametrize(
    "text", ["78억", "7.8B", "7.8 billion", "7.8 Billion", "78억 개", "7,800M"]
)
def test_seven_point_eight_billion(text: str):
    assert one(text) == 7_800_000_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8조", 8 * 10**12),
        ("8T 토큰", 8 * 10**12),
        ("1천", 1_000),
        ("1,000", 1_000),
        ("3만 2천", 32_000),
        ("2억 1,300만", 213_000_000),
        ("2억 1천3백만", 213_000_000),
        ("1조 5천억", 1_500_000_000_000),
        ("35퍼센트", 35),
        ("35%", 35),
        ("0.1", Decimal("0.1")),
        ("128K", 128_000),
        ("-1.5점", Decimal("1.5")),
    ],
)
def test_scales_and_units(text: str, value: Decimal):
    assert one(text) == value


@pytest.mark.parametrize("text", ["GPT-4", "H6", "d2", "Qwen2.5", "천천히", "조금"])
def test_names_and_words_hold_no_figure(text: str):
    assert list(find_figures(text)) == []


def test_figures_stand_in_the_order_of_the_text():
    text = "층은 48개, 파라미터는 107억 개, 토큰은 3T입니다."

    assert [figure.text for figure in find_figures(text)] == ["48", "107억", "3T"]
    assert all(text[: figure.end].endswith(figure.text) for figure in find_figures(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("six trillion (6T) tokens", 6 * 10**12),
        ("for three of the tasks", 3),
        ("Samples (K)\n126", 126_000),
        ("params ×10^6 213", 213_000_000),
        ("the Qwen2.5 series", Decimal("2.5")),
        ("Params (Million) 7.5", 7_500_000),
        ("7.5 In Billions", 7_500_000_000),
        ("a 100m sprint", 100),
        ("two hundred and six", 206),
    ],
)
def test_a_source_also_states_words_and_scales_that_stand_apart(text: str, value: Decimal):
    assert value in find_values(text)


@pytest.mark.parametrize(
    ("english", "scaled"),
    [
        ("It has 3.8 billion parameters.", "It has 38억 parameters."),
        ("81,000,000 speakers, 12 years", "8100만 speakers, 12 years"),
        ("1.5 trillion tokens of 2 million texts", "1조 5000억 tokens of 200만 texts"),
        (
            "Qwen2-7B has 7B parameters and 152,064 tokens.",
            "Qwen2-7B has 7B parameters and 152,064 tokens.",
        ),
        ("in 2024, 256000 tokens", "in 2024, 256000 tokens"),
    ],
)
def test_english_scales_become_korean_ones(english: str, scaled: str):
    assert put_scales_in_korean(english) == scaled


@pytest.mark.parametrize(
    ("text", "value"),
    [("layers two and three", 5), ("a 100m sprint", 10**8), ("in 5t", 5 * 10**12)],
)
def test_a_source_does_not_state_what_it_does_not_say(text: str, value: int):
    assert value not in find_values(text)


@pytest.mark.parametrize(
    ("source", "value", "counts"),
    [
        ("3.1. Training Data", "3.1", False),
        ("5. Tokenizer: We use BPE.", "5", False),
        ("Models of [5, 7, 31] and [GZA+23] are compared.", "31", False),
        ("Models of [GZA+23] are compared.", "23", False),
        ("As Table 12 shows, it grows.", "12", False),
        ("3.1 points more than before.", "3.1", True),
        ("It has 12 layers.", "12", True),
        ("Scores lie in [0.5, 2.5].", "2.5", True),
    ],
)
def test_numbers_of_headings_and_references_count_nothing(source: str, value: str, counts: bool):
    values = {figure.value for figure in find_figures(drop_pointers(source))}
    assert (Decimal(value) in values) is counts
