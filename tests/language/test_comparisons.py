"""Which of two figures a sentence calls the higher one."""

import pytest

from language.comparisons import misjudges_figures

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
    ],
)
def test_the_right_one_passes_and_so_does_what_compares_nothing(sentence: str):
    assert not misjudges_figures(sentence)
