"""Questions for an amount."""

import pytest

from language.amounts import asks_amount, find_measured_noun, wants_figure


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("How many tokens were used?", True),
        ("How much did the 7.8B model cost?", True),
        ("What did it use?", False),
        ("How many layers has it, and what is the method?", False),
    ],
)
def test_an_english_question_for_how_many_alone_wants_a_figure(question: str, wants: bool):
    assert wants_figure("", question) is wants


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("학습률은 얼마야?", True),
        ("학습은 몇 단계야?", True),
        ("층이 얼마나 깊어?", False),
        ("옵티마이저는 뭐고 몇 스텝이야?", False),
        ("몇몇 언어에서 떨어지나요?", False),
        ("몇 층인지, 그 이유는?", False),
    ],
)
def test_a_korean_question_for_an_amount_is_one_however_it_is_translated(
    question: str, wants: bool
):
    assert wants_figure(question, "What is it?") is wants


def test_a_question_for_an_amount_and_more_is_no_question_for_it_alone():
    assert asks_amount("옵티마이저는 뭐고 몇 스텝이야?")
    assert not asks_amount("옵티마이저는 뭐고 몇 스텝이야?", alone=True)
    assert asks_amount("몇 스텝이야?", alone=True)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("규정에서 연장전은 최대 몇 회까지 하나요?", "연장"),
        ("언어 모델의 파라미터 수는 몇 개인가요?", "파라미터"),
        ("부과한 과징금은 모두 얼마인가요?", "과징금"),
        ("배우자 출산휴가는 며칠 쓸 수 있나요?", "출산휴가"),
        ("몇 명이 썼나요?", ""),
        ("왜 줄었나요?", ""),
    ],
)
def test_what_is_measured_stands_before_its_particle(question: str, noun: str):
    assert find_measured_noun(question) == noun
