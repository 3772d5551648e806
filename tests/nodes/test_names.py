"""Names: what a question speaks of, and whether the passages do."""

import pytest

from nodes.names import names, unknown


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("SOLAR는 층이 몇 개?", ["SOLAR"]),
        ("Gemma 3의 점수는?", ["Gemma 3"]),
        ("Phi-3-mini와 Qwen2.5 비교", ["Phi-3-mini", "Qwen2.5"]),
        ("Gemma 2 27B의 KMMLU 점수", ["Gemma 2", "27B", "KMMLU"]),
        ("Table 3과 Figure 2의 차이", []),
        ("이 모델은 무엇인가요?", []),
        ("attention이 뭐야?", []),
    ],
)
def test_names_are_words_with_capitals_or_digits(question: str, found: list[str]):
    assert names(question) == found


@pytest.mark.parametrize("text", ["Qwen2 is here", "QWEN-2 is here", "Qwen 2 is here", "Qwen‑2"])
def test_one_name_in_any_spelling_is_known(text: str):
    assert unknown("Qwen 2의 점수는?", [text]) == []
    assert unknown("Qwen2의 점수는?", [text]) == []


def test_a_name_may_stand_in_any_passage():
    assert unknown("SOLAR와 Gemma는?", ["about solar", "about gemma"]) == []
    assert unknown("SOLAR와 Claude는?", ["about solar", "about gemma"]) == ["Claude"]
