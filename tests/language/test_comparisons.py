"""Which of two figures a sentence calls the higher one."""

import pytest

from language.comparisons import (
    changes_otherwise,
    misjudges_figures,
    overfills_share,
    restates_otherwise,
    swaps_places,
)

SCORES = "EXAONE 3.0 7.8B는 44.5점, Qwen2 7B는 46.5점으로 "
MONEY = "구글은 20억, 아마존은 40억으로 "


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SCORES}Qwen2 7B가 조금 더 낮습니다.",
        f"{SCORES}EXAONE 3.0 7.8B가 Qwen2 7B보다 높습니다.",
        f"{MONEY}구글이 더 많습니다.",
    ],
)
def test_the_wrong_one_is_found(sentence: str):
    assert misjudges_figures(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SCORES}Qwen2 7B가 조금 더 높습니다.",
        f"{SCORES}EXAONE 3.0 7.8B가 더 높지 않습니다.",
        f"{SCORES}Qwen2 7B가 더 좋습니다.",
        f"{MONEY}아마존이 더 많습니다.",
        "층이 48개로 더 많습니다.",
        "점수가 높습니다.",
        "A는 10점, B는 20점으로 B가 작성한 답입니다.",
        "A는 20점, B는 10점으로 B가 크기를 정합니다.",
    ],
)
def test_the_right_one_passes_and_so_does_what_compares_nothing(sentence: str):
    assert not misjudges_figures(sentence)


@pytest.mark.parametrize(
    ("sentence", "overfills"),
    [
        ("34개 중 76개의 문제를 풀었습니다.", True),
        ("76개 중 34개의 문제를 풀었습니다.", False),
        ("76개 중 82.67개를 풀었습니다.", True),
        ("1,000명 가운데 20명입니다.", False),
        ("76개 중 45%를 풀었습니다.", False),
        ("3시간 중 30분이 걸렸습니다.", False),
    ],
)
def test_a_part_is_no_more_than_its_whole(sentence: str, overfills: bool):
    assert overfills_share(sentence) is overfills


def test_what_took_whose_place_is_as_it_was_asked():
    asked = "왜 MHA 대신 GQA를 썼나요?"

    assert swaps_places("GQA 대신 MHA를 쓴 까닭은 빠르기 때문입니다.", asked)
    assert not swaps_places("MHA 대신 GQA를 쓴 까닭은 빠르기 때문입니다.", asked)
    assert not swaps_places("GQA가 더 빠르기 때문입니다.", asked)


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("38억(25) 파라미터입니다.", True),
        ("90억(6T) 토큰입니다.", True),
        ("55K(약 23) 개입니다.", True),
        ("38억(3.8B) 파라미터입니다.", False),
        ("약 2억(213M) 개입니다.", False),
        ("3,080만 달러(약 420억 원)입니다.", False),
        ("100,000개(45%)입니다.", False),
        ("평균은 70.1(0.3)입니다.", False),
    ],
)
def test_a_figure_in_brackets_is_the_one_before(sentence: str, other: bool):
    assert restates_otherwise(sentence) is other


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("정확도가 70%에서 68%로 증가합니다.", True),
        ("층을 48개에서 32개로 크게 늘렸습니다.", True),
        ("오류율이 5%에서 10%로 떨어졌습니다.", True),
        ("정확도가 70%에서 68%로 감소합니다.", False),
        ("층을 32개에서 48개로 늘렸습니다.", False),
        ("층은 32개에서 30개로 늘지 않았습니다.", False),
        ("2016년에서 2018년 사이에 바뀌었습니다.", False),
    ],
)
def test_what_rises_has_the_higher_figure_in_the_end(sentence: str, other: bool):
    assert changes_otherwise(sentence) is other
