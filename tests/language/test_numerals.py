"""Numbers in Korean words: which there are, what they are worth, and where they stand."""

from decimal import Decimal

import pytest

from language.figures import find_figures, find_values, states_figure
from language.numerals import find_korean_numerals


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("층은 백만 개입니다.", "백만", 1_000_000),
        ("층은 삼십입니다.", "삼십", 30),
        ("층은 삼십이 개이고", "삼십이", 32),
        ("문서는 천오백 개", "천오백", 1_500),
        ("이십칠억 개의 파라미터", "이십칠억", 2_700_000_000),
        ("3천오백 개", "3천오백", 3_500),
        ("1만 3천2백 개", "1만 3천2백", 13_200),
        ("토큰 2억 오천만 개", "2억 오천만", 250_000_000),
        ("이백오십육 차원", "이백오십육", 256),
        ("구십 퍼센트", "구십", 90),
        ("만 명", "만", 10_000),
        ("언어 열다섯 개", "열다섯", 15),
        ("스물세 층", "스물세", 23),
        ("스무 가지", "스무", 20),
        ("전문가 여덟 개", "여덟", 8),
        ("육 개월 동안", "육", 6),
        ("두 배 빠릅니다.", "두", 2),
        ("세배 늘었다.", "세", 3),
        ("데이터의 절반을", "절반", Decimal("0.5")),
        ("반으로 줄었다.", "반", Decimal("0.5")),
    ],
)
def test_number_in_korean_words_is_read(text: str, words: str, value: Decimal):
    [numeral] = find_korean_numerals(text)

    assert text[numeral.start : numeral.end] == words
    assert numeral.value == value
    assert not numeral.is_approximate


@pytest.mark.parametrize(
    "text",
    [
        "이 논문은 일반적인 사용을 다룹니다.",
        "백본 구조와 조건, 천천히, 만약, 이유, 오픈 소스",
        "삼성은 십분 이해하고 억제했다. 육각형, 만족, 조사한 사원",
        "하나의 모델이 한 번에 배울 수 있는 것",
        "두 가지 방법과 두 언어",
        "두 번째로 큰 모델",
        "몇 조 토큰을 썼나요?",
        "이 달러와 이 층",
        "한두 개, 서너 개",
        "백분율과 십진법의 반복",
        "GPT-4만 씁니다.",
    ],
)
def test_other_words_are_no_numbers(text: str):
    assert find_korean_numerals(text) == ()
    assert list(find_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("수백만 개의 문서", "수백만", 10**6),
        ("수십억 달러", "수십억", 10**9),
        ("수 천 개", "수 천", 10**3),
        ("십여 개의 언어", "십", 10),
        ("절반 이상이 영어", "절반", Decimal("0.5")),
        ("거의 절반", "절반", Decimal("0.5")),
    ],
)
def test_several_is_an_approximate_number(text: str, words: str, value: Decimal):
    [numeral] = find_korean_numerals(text)

    assert text[numeral.start : numeral.end] == words
    assert (numeral.value, numeral.is_approximate) == (value, True)


@pytest.mark.parametrize(
    ("sentence", "source", "is_stated"),
    [
        ("층은 백만 개입니다.", "It has 48 layers.", False),
        ("층은 마흔여덟 개입니다.", "It has 48 layers.", True),
        ("층은 사십팔 개입니다.", "It has 48 layers.", True),
        ("데이터의 절반입니다.", "It has 48 layers.", False),
        ("데이터의 절반입니다.", "half of the data", True),
        ("데이터의 절반입니다.", "50% of the data", True),
        ("데이터의 절반 가까이가 영어입니다.", "48.2% of the data is English", True),
        ("데이터의 절반 가까이가 영어입니다.", "4.2% of the data is English", False),
        ("두 배 빠릅니다.", "It has 48 layers.", False),
        ("두 배 빠릅니다.", "It is twice as fast.", True),
        ("두 배가 되었습니다.", "The number doubled.", True),
        ("세 배 빠릅니다.", "It is 3x faster.", True),
        ("수백만 개입니다.", "It has 48 layers.", False),
        ("수백만 개입니다.", "millions of documents", True),
        ("수백만 개입니다.", "3.2 million documents", True),
        ("수백만 개입니다.", "32 million documents", False),
        ("수백만 개입니다.", "문서 수백만 개", True),
        ("오천 달러입니다.", "It took 5,000 steps.", False),
        ("오천 달러입니다.", "It cost $5,000.", True),
    ],
)
def test_figure_in_words_is_checked_against_its_source(sentence: str, source: str, is_stated: bool):
    [figure] = find_figures(sentence)

    assert states_figure(source, sentence, figure) is is_stated


def test_approximate_figure_is_no_value_of_a_source():
    assert find_values("문서 수백만 개") == set()


def test_figures_in_digits_and_words_stand_in_order():
    text = "층은 48개, 문서는 3천오백 개, 언어는 열다섯 개, 토큰은 2조 개의 절반"

    assert [figure.text for figure in find_figures(text)] == [
        "48",
        "3천오백",
        "열다섯",
        "2조",
        "절반",
    ]
    assert all(text[figure.start : figure.end] == figure.text for figure in find_figures(text))
