"""Scales that the numbers of a list share."""

from decimal import Decimal

import pytest

from language.figures import find_figures, find_values, put_scales_in_korean, states_figure
from language.shared_scales import find_shared_scale, write_out_scales

SIZES = "The dense models have 0.5, 1.5, 7, and 72 billion parameters."


def is_stated(source: str, sentence: str) -> bool:
    """Whether the source states every figure of the sentence."""
    return all(states_figure(source, sentence, figure) for figure in find_figures(sentence))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0.5, 1.5, 7, and 72 billion", "0.5 billion, 1.5 billion, 7 billion, and 72 billion"),
        ("7, 13, 70B", "7B, 13B, 70B"),
        ("$1, $2 or $3 million", "$1 million, $2 million or $3 million"),
        ("between 7 and 72 billion", "between 7 billion and 72 billion"),
        ("from 8 to 405 billion", "from 8 billion to 405 billion"),
        ("1–3 thousand", "1 thousand–3 thousand"),
    ],
)
def test_each_number_of_a_list_gets_its_scale(text: str, written: str):
    assert write_out_scales(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "12 layers, 8 heads and 3 million parameters",
        "In 2018, 2019 and 3 million",
        "a batch of 32 and 5 million steps",
        "GPT-3, 4 and 5",
        "In Table 2, 3 million",
        "7 billion, 13 billion",
        "version 1.2.3 to 4 million",
        "Phi-3-7B",
    ],
)
def test_other_numbers_stay_as_they_are(text: str):
    assert write_out_scales(text) == text


def test_a_source_states_the_numbers_of_a_list_with_their_scale_alone():
    values = find_values(SIZES)

    assert {Decimal("5e8"), Decimal("1.5e9"), Decimal("7e9"), Decimal("7.2e10")} <= values
    assert not {Decimal("0.5"), Decimal("1.5"), Decimal(7)} & values


@pytest.mark.parametrize(
    "sentence",
    [
        "파라미터는 5억, 15억, 70억, 720억 개입니다.",
        "크기는 0.5B, 1.5B, 7B, 72B입니다.",
        "크기는 0.5, 1.5, 7, 72B입니다.",
        "크기는 0.5, 1.5, 7, 72 billion입니다.",
    ],
)
def test_a_list_told_with_its_scale_is_borne(sentence: str):
    assert is_stated(SIZES, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "파라미터는 각각 0.5, 1.5, 7, 720억 개입니다.",
        "파라미터는 5, 15, 7, 720억 개입니다.",
        "가장 작은 모델의 파라미터는 0.5개입니다.",
        "파라미터는 0.5B, 1.5M, 7B, 72B입니다.",
    ],
)
def test_a_list_told_with_another_scale_is_not_borne(sentence: str):
    assert not is_stated(SIZES, sentence)


def test_two_numbers_may_share_a_scale_or_not():
    source = "We train 7 and 72 billion parameter models."

    assert is_stated(source, "70억과 720억 파라미터입니다.")
    assert is_stated(source, "7B와 72B 모델입니다.")
    assert not is_stated(source, "7과 720억 파라미터입니다.")
    assert is_stated("a batch of 32 and 5 million steps", "배치는 32, 스텝은 500만입니다.")


def test_a_number_that_counts_something_of_its_own_shares_no_scale():
    sentence = "층은 12, 파라미터는 300만입니다."

    assert is_stated("12 layers and 3 million parameters", sentence)
    assert is_stated("There are 12 layers, 3 million parameters.", "각각 12, 300만입니다.")


def test_readers_take_the_last_scale_for_each_number_of_a_list():
    assert find_shared_scale("5, 15, 70억", 0, 1) == 10**8
    assert find_shared_scale("5에서 70천만", 0, 1) == 10**7
    assert find_shared_scale("5개, 70억", 0, 1) is None
    assert find_shared_scale("2018, 70억", 0, 4) is None


def test_a_model_is_given_each_number_of_a_list_with_its_korean_scale():
    told = put_scales_in_korean(SIZES)

    assert told == "The dense models have 5억, 15억, 70억, and 720억 parameters."
    assert put_scales_in_korean("7 and 72 billion") == "7 and 72 billion"
