"""Queries: which language is asked which."""

from language.loanwords import Loanwords
from retrieval.search.queries import (
    choose_lexical_queries,
    choose_semantic_queries,
    split_by_language,
)


def test_a_korean_question_is_asked_beside_the_english_queries():
    assert choose_lexical_queries("깊이?", ["Depth?", "layers"]) == ["깊이?", "Depth?", "layers"]
    assert choose_lexical_queries("And why?", ["Why is SOLAR deep?"]) == ["Why is SOLAR deep?"]


def test_a_question_counts_as_much_as_its_translations():
    assert choose_semantic_queries("깊이?", ["Depth?", "Deep?"], translations=2) == [
        *("깊이?", "깊이?"),
        *("Depth?", "Deep?"),
    ]
    assert choose_semantic_queries("깊이?", ["Depth?", "layers"], translations=1) == [
        "깊이?",
        *("Depth?", "layers"),
    ]
    assert choose_semantic_queries("Depth?", ["Depth?"]) == ["Depth?"]


def test_each_language_is_asked_its_own_queries():
    none = Loanwords({})

    assert split_by_language(["깊이?", "Depth?"], none) == {"en": ["Depth?"], "ko": ["깊이?"]}
    assert split_by_language(["Depth?"], none) == {"en": ["Depth?"], "ko": ["Depth?"]}
    assert split_by_language(["깊이?"], none) == {"en": ["깊이?"], "ko": ["깊이?"]}


def test_english_passages_are_asked_for_the_words_that_hangul_stands_for():
    words = Loanwords({"Felicia": 2, "hurricane": 3})

    assert split_by_language(["허리케인 펠리시아?", "The storm?"], words) == {
        "en": ["The storm?", "hurricane Felicia"],
        "ko": ["허리케인 펠리시아?"],
    }
