"""Terms of research, by the library's own words."""

import pytest

from language.glossary import Glossary, put_terms_in_korean

COUNTS = {"alignment": 9, "Toxicity": 2, "beam": 3, "search": 8, "size": 5, "dot": 4, "product": 6,
          "inner": 1, "pre": 7, "training": 9, "Fine": 2, "metric": 4, "tuned": 2, "tuning": 3}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("정렬 튜닝은 뭐야?", "alignment 튜닝은 뭐야?"),
        ("독성이 높은 언어는?", "toxicity이 높은 언어는?"),
        ("빔서치 빔 크기랑", "beam search beam size랑"),
        ("사전 학습과 사전학습", "pre-training과 pre-training"),
        ("지표면의 온도, 지표의 뜻", "지표면의 온도, metric의 뜻"),
        ("재정렬과 무작위", "재정렬과 무작위"),  # inside another word it is no term
        ("환각은 얼마나 줄었나요?", "환각은 얼마나 줄었나요?"),  # nothing in the library
    ],
)
def test_a_term_is_put_in_english_where_the_library_has_it(question: str, put: str) -> None:
    assert Glossary(COUNTS).put_in_english(question) == put


def test_of_several_the_one_that_the_library_has_most_often() -> None:
    assert Glossary(COUNTS).list_english("내적") == ["dot product"]
    assert Glossary(COUNTS | {"inner": 40, "dot": 2}).list_english("내적") == ["inner product"]


ALIGNED = Glossary({"alignment": 9, "layer": 9, "gradient": 5})
SORTED = Glossary({"alignment": 9, "sorting": 2, "gradient": 5, "slope": 1})


@pytest.mark.parametrize(
    ("glossary", "question", "put"),
    [
        (ALIGNED, "배열을 정렬하는 방법은?", "배열을 정렬하는 방법은?"),
        (ALIGNED, "목록을 오름차순으로 정렬하면?", "목록을 오름차순으로 정렬하면?"),
        (ALIGNED, "인간 선호에 정렬하는 방법은?", "인간 선호에 alignment하는 방법은?"),
        (ALIGNED, "건물은 몇 층인가요?", "건물은 몇 층인가요?"),
        (ALIGNED, "모델은 몇 층인가요?", "모델은 몇 layer인가요?"),
        (SORTED, "배열을 정렬하는 방법은?", "배열을 sorting하는 방법은?"),
        (SORTED, "정렬이 뭐야?", "alignment이 뭐야?"),
        (SORTED, "직선의 기울기는?", "직선의 slope는?"),
        (SORTED, "기울기는?", "gradient는?"),
    ],
)
def test_term_counts_only_in_its_fields_sense(glossary: Glossary, question: str, put: str) -> None:
    assert glossary.put_in_english(question) == put


@pytest.mark.parametrize(
    ("english", "question", "korean"),
    [
        ("It has small gradients.", "기울기는?", "It has small 기울기."),
        ("It has small gradients.", "왜?", "It has small 기울기(gradients)."),
        ("A Korean company, in English.", "왜?", "A Korean company, in English."),
        ("two tokens, one encoder", "왜?", "two 토큰, one 인코더"),
        ("fine-tuning on MT-Bench", "파인튜닝은?", "파인튜닝 on MT-Bench"),
        ("Synth. Math-Alignment, self-parsing", "왜?", "Synth. Math-Alignment, self-parsing"),
    ],
)
def test_an_answers_terms_are_put_in_korean(english: str, question: str, korean: str) -> None:
    assert put_terms_in_korean(english, question) == korean
