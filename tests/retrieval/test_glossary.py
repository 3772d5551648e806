"""Terms of research, by the library's own words."""

import pytest

from retrieval.glossary import TERMS, Glossary

COUNTS = {"alignment": 9, "Toxicity": 2, "beam": 3, "search": 8, "size": 5, "dot": 4, "product": 6,
          "inner": 1, "pre": 7, "training": 9, "Fine": 2, "tuned": 2, "tuning": 3}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("정렬 튜닝은 뭐야?", "alignment 튜닝은 뭐야?"),
        ("독성이 높은 언어는?", "toxicity이 높은 언어는?"),
        ("빔서치 빔 크기랑", "beam search beam size랑"),
        ("사전 학습과 사전학습", "pre-training과 pre-training"),
        ("재정렬과 무작위", "재정렬과 무작위"),  # inside another word it is no term
        ("환각은 얼마나 줄었나요?", "환각은 얼마나 줄었나요?"),  # nothing in the library
    ],
)
def test_a_term_is_put_in_english_where_the_library_has_it(question: str, put: str) -> None:
    assert Glossary(COUNTS).put_into(question) == put


def test_of_several_the_one_that_the_library_has_most_often() -> None:
    assert Glossary(COUNTS).words_in("내적") == ["dot product"]
    assert Glossary(COUNTS | {"inner": 40, "dot": 2}).words_in("내적") == ["inner product"]


def test_each_term_stands_once_and_has_english() -> None:
    lines = TERMS.strip().splitlines()
    korean = [line.split(": ")[0].replace(" ", "") for line in lines]
    assert lines == sorted(lines)
    assert sorted(set(korean)) == sorted(korean)
    assert all(line.split(": ")[1].isascii() for line in lines)
