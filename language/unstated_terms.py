"""Terms of a Korean sentence that its sources do not speak of: 전처리 (preprocessing) said of a pre-trained model."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from language.data import read_table
from language.glossary import find_known_terms
from language.terms import stem_words

NO_LETTER = re.compile(r"[\W_]+")


def find_unstated_terms(sentence: str, sources: str) -> Iterator[str]:
    """The terms of research in a sentence that sources have neither in Korean nor in English.

    Every English word that the glossary has for a term counts, as its stems or joined (pretraining).
    """
    stems, joined = set(stem_words(sources)), _join_letters(sources)
    for korean, english in [*find_known_terms(sentence), *_find_loanwords(sentence)]:
        is_stated = _join_letters(korean) in joined or any(
            set(stem_words(term)) <= stems or _join_letters(term) in joined for term in english
        )
        if not is_stated:
            yield korean


def _find_loanwords(sentence: str) -> Iterator[tuple[str, list[str]]]:
    """English words that a sentence writes in Hangul, with how papers write them."""
    for korean, english in _read_loanwords().items():
        if korean in sentence:
            yield korean, english


@cache
def _read_loanwords() -> Mapping[str, list[str]]:
    return {
        korean: row["english"].split(", ")
        for row in read_table("loanwords")
        for korean in row["korean"].split(", ")
    }


def _join_letters(text: str) -> str:
    return NO_LETTER.sub("", text).casefold()
