"""Loanwords: the library's English words that a question writes in Hangul."""

import pytest

from language.loanwords import MAX_HEARD, Loanwords

LIBRARY = Loanwords(
    {
        "Transformer": 9,
        "transformer": 2,
        "parameters": 5,
        "parameter": 4,
        "data": 90,
        "date": 2,
        "Felicia": 1,
        "hurricane": 2,
        "Hurricane": 1,
        "Iran": 3,
        "iron": 8,
        "Your": 1,
        "Falcone": 2,
        "generous": 1,
        "Llama": 4,
    }
)


def heard(text: str) -> dict[str, list[str]]:
    return {
        hangul: [one.word for one in ones] for hangul, ones in LIBRARY.find_loanwords(text).items()
    }


def test_words_are_found_under_their_particles():
    assert heard("허리케인 펠리시아에서 트랜스포머까지") == {
        "허리케인": ["hurricane"],
        "펠리시아": ["Felicia"],
        "트랜스포머": ["Transformer"],
    }


def test_of_words_that_are_nearly_as_alike_the_frequent_one_comes_first():
    assert heard("데이터는 얼마나 썼나요?") == {"데이터": ["data", "date"]}
    assert len(LIBRARY.find_loanwords("데이터")["데이터"]) <= MAX_HEARD


def test_short_words_have_to_be_names():
    assert heard("이란의 수도") == {"이란": ["Iran"]}
    assert heard("그 이론이 무엇인가요?") == {}


def test_a_version_makes_a_short_word_a_name():
    assert heard("라마 2는 몇 층?") == heard("라마2의 층") == {"라마": ["Llama"]}


@pytest.mark.parametrize(
    "text",
    [
        "이유를 발견했나요?",
        "근로자는 다음 중 무엇을 하나요?",
        "Why is Iran named?",
        "",
        "어텐션이란 무엇인가요?",
    ],
)
def test_other_words_are_left_alone(text: str):
    assert heard(text) == {}


def test_a_name_is_told_from_a_word():
    [name], [word] = (
        LIBRARY.find_loanwords("펠리시아")["펠리시아"],
        LIBRARY.find_loanwords("허리케인")["허리케인"],
    )

    assert (name.is_name, word.is_name) == (True, False)
    assert name.likeness == word.likeness == 1


def test_all_words_that_may_be_meant_are_searched_for():
    assert LIBRARY.list_english("펠리시아의 데이터") == ["Felicia", "data", "date"]


def test_an_empty_library_hears_nothing():
    assert Loanwords({}).find_loanwords("펠리시아") == {}
