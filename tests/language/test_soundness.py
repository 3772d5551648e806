"""Sound sentences: endings that small models garble."""

import pytest

from language.soundness import find_garbled_endings, find_mixed_words


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("SOLAR에서 결과가 오나습니다.", "나습니다"),
        ("모델이 학습하습니다.", "하습니다"),
        ("층이 48개로 오나습니다.", "오나습니다"),
        ("성능을 높였음습니다.", "음습니다"),
        ("DPO를 적용했다습니다.", "다습니다"),
        ("모델은 데이터를 배우고입니다.", "고입니다"),
    ],
)
def test_endings_behind_endings_are_found(text: str, ending: str):
    assert list(find_garbled_endings(text)) == [ending]


@pytest.mark.parametrize(
    "text",
    [
        "결과가 나옵니다.",
        "성능을 높이기 위해서입니다.",
        "층을 이어붙인 모델입니다.",
        "무엇을 배우는지입니다.",
        "지식을 증류하고자합니다.",
        "13조 토큰으로 학습되었습니다.",
        "다국어 성능은 다음과 같이 나타났습니다.",
        "It is English.",
        "",
    ],
)
def test_sound_sentences_are_left_alone(text: str):
    assert list(find_garbled_endings(text)) == []


def test_words_half_in_english_are_found():
    assert find_mixed_words("빠르게 재covery할 수 있습니다.") == ["재covery할"]
    assert find_mixed_words("값x와 논문의 BERT를 attention으로 봅니다.") == []


@pytest.mark.parametrize(
    ("sentence", "stray"),
    [
        ("Perhaps, 주장은 개체 중심입니다.", ["Perhaps"]),
        ("Gemma 2 with 2B는 2T 토큰을 봅니다.", ["with"]),
        ("Attention Is All You Need의 저자입니다.", []),
        ("bag of words를 씁니다.", []),
        ("IT 기업의 AT 모델입니다.", []),
        ("w/o 안전 학습과 on-policy 학습입니다.", []),
    ],
)
def test_english_words_that_join_nothing_are_stray(sentence: str, stray: list[str]):
    assert find_mixed_words(sentence) == stray
