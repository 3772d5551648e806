"""Ordinals of a Korean sentence that its source lacks."""

import pytest

from language.ordinals import find_unstated_ordinals


@pytest.mark.parametrize(
    ("sentence", "source", "unstated"),
    [
        ("두 번째 라운드에서 학습했습니다.", "It was trained in two rounds.", ["두 번째"]),
        ("두 번째 단계에서는 2T를 썼습니다.", "The second stage used 2T tokens.", []),
        ("두 번째 단계의 데이터입니다.", "Phase-2 merges filtered web data.", []),
        ("세 번째 이유는 속도입니다.", "세 번째 이유는 속도다.", []),
        ("첫 번째 단계입니다.", "It begins with filtering.", []),
    ],
)
def test_an_ordinal_stands_in_the_source(sentence: str, source: str, unstated: list[str]):
    assert list(find_unstated_ordinals(sentence, source)) == unstated
