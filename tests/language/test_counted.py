"""What a figure counts, in a Korean sentence and in its English source."""

import pytest

from language.counted import counts_another_thing
from language.figures import find_figures

NAME = "SOLAR 10.7B has 48 layers and was trained on 3T tokens in 32 languages."


def first_figure_counts_another(sentence: str, source: str) -> bool:
    figure = next(iter(find_figures(sentence)))
    return counts_another_thing(sentence, figure, source)


@pytest.mark.parametrize(
    "sentence",
    [
        "107억 개의 층이 있습니다.",
        "층 수는 3조입니다.",
        "48개 언어를 다룹니다.",
        "32개의 토큰입니다.",
        "전문가는 48개입니다.",
    ],
)
def test_another_thing_is_found(sentence: str):
    assert first_figure_counts_another(sentence, NAME)


@pytest.mark.parametrize(
    "sentence",
    [
        "48개의 층이 있습니다.",
        "파라미터는 107억 개입니다.",
        "층 수는 48입니다.",
        "3조 토큰으로 학습했습니다.",
        "언어는 32개입니다.",
        "48개입니다.",
        "10.7B의 층을 늘렸습니다.",
        "이 모델은 총 48 stacked 층을 씁니다.",
    ],
)
def test_the_same_thing_passes_and_so_does_silence(sentence: str):
    assert not first_figure_counts_another(sentence, NAME)


def test_a_source_that_does_not_say_what_it_counts_excuses():
    assert not first_figure_counts_another("층은 48개입니다.", "layers: 48")


def test_a_korean_source_counts_in_korean():
    source = "언어와 코드와 이미지의 3개 모델로 구성"

    assert first_figure_counts_another("파라미터 수는 3개입니다.", source)
    assert not first_figure_counts_another("3개의 모델입니다.", source)


@pytest.mark.parametrize(
    ("sentence", "source", "other"),
    [
        ("약 1.1 tCO2eq입니다.", "extended from Gemma 1.1 with new data", True),
        ("약 1.1 tCO2eq입니다.", "we estimate 1.1 tCO2eq", False),
        ("초당 128토큰입니다.", "the context length is 128", True),
        ("초당 12토큰입니다.", "more than 12 tokens per second", False),
        ("시간당 12토큰입니다.", "more than 12 tokens per second", True),
        ("어휘 크기는 80억입니다.", "Aya-23 (8B) uses attention", True),
        ("어휘 크기는 151,643입니다.", "151,643 regular tokens", False),
    ],
)
def test_a_unit_and_a_rate_must_stand_in_the_source(sentence: str, source: str, other: bool):
    assert first_figure_counts_another(sentence, source) is other
