"""Spelling: Korean figures and names in Hangul, as the papers write them."""

from collections import Counter

import pytest

from language.loanwords import Loanwords
from language.normalise import normalise_question
from language.terms import list_written_words

TITLES = [
    "Gemma 2: Improving Open Language Models at a Practical Size",
    "EXAONE 3.0 7.8B Instruction Tuned Language Model",
    "SOLAR 10.7B: Scaling Large Language Models",
    "Qwen2 Technical Report",
    "Phi-3 Technical Report: A Highly Capable Language Model",
    "Aya 23: Open Weight Releases",
    "Mistral 7B",
]
# The words of a library come from its passages, each under its paper's title.
LIBRARY = Loanwords(Counter(word for title in TITLES for word in list_written_words(title)))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("젬마 2는 몇 층이야?", "Gemma 2는 몇 층이야?"),
        ("젬마2의 층", "Gemma2의 층"),
        ("엑사원은 누가?", "EXAONE은 누가?"),
        ("솔라에서는 왜", "SOLAR에서는 왜"),
        ("솔라랑 젬마 비교", "SOLAR랑 Gemma 비교"),
        ("파이 3 미니와 미스트랄", "Phi 3 미니와 Mistral"),
        ("젬마 투자", "Gemma 투자"),
    ],
)
def test_names_that_sound_like_a_titles_are_written_like_it(question: str, expected: str):
    assert normalise_question(question, LIBRARY) == expected


@pytest.mark.parametrize(
    "question",
    [
        "원주율 파이 3.14는 어떻게 구하나요?",
        "호박 파이의 재료는?",
        "솔라 패널의 효율은?",
        "태양 솔라 셀",
    ],
)
def test_word_that_sounds_like_a_name_is_none_in_another_sense(question: str):
    titles = Counter(word for title in TITLES for word in list_written_words(title))

    assert normalise_question(question, Loanwords(titles)) == question


def test_terms_of_the_library_are_put_in_english():
    library = Loanwords(Counter(list_written_words("Alignment tuning of SOLAR in English")))

    assert normalise_question("솔라 정렬은 영어로?", library) == "SOLAR alignment은 English로?"


@pytest.mark.parametrize(
    "question",
    [
        "몇 개인가요? 경우의 수는 처음부터 몇 점이야?",
        "비용이 얼마나 들었고 시리즈는 몇 개야?",
        "모델의 언어 샘플을 어텐션에 붙여야 하나요?",
        "아이폰에서 돌리는 비트 수",
        "라마는 몇 층?",  # no title has it
    ],
)
def test_other_words_stay(question: str):
    assert normalise_question(question, LIBRARY) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("7조 토큰과 12조 토큰", "7 trillion 토큰과 12 trillion 토큰"),
        ("78억 개", "7.8 billion 개"),
        ("2억 1,300만 개", "213 million 개"),
        ("3만 개", "30 thousand 개"),
        ("100억", "10 billion"),
        ("백만 개", "1 million 개"),
        ("이십칠억 개", "2.7 billion 개"),
        ("수백만 개의 절반", "수백만 개의 절반"),
    ],
)
def test_figures_get_english_scales(question: str, expected: str):
    assert normalise_question(question, Loanwords({})) == expected


@pytest.mark.parametrize(
    "question",
    [
        "2024년 7B 3.5%",
        "천천히 조금만 억지로",
        "1차와 2차",
        "점수가 0.05만 차이 나나요?",
        "0만",
        "0.5천 개",
    ],
)
def test_other_figures_and_words_with_those_syllables_stay(question: str):
    assert normalise_question(question, LIBRARY) == question


def test_names_anywhere_in_the_library_are_written_as_there():
    library = Loanwords({"Felicia": 2, "hurricane": 3, "red": 9, "Reid": 1})

    assert normalise_question("허리케인 펠리시아와 레드팀", library) == "허리케인 Felicia와 레드팀"
