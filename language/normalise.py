"""Spell a question's figures, names and terms as the papers do, before a model translates it.

Small models take 7조 for 7 billion, 젬마 for another model's name, and 정렬 for sorting.
"""

import re
from collections.abc import Mapping, Set
from decimal import Decimal
from functools import cache

from language.data import read_table, split_unless
from language.figures import find_figures
from language.loanwords import Loanwords
from language.number_words import ENGLISH_SCALES

# Less is no figure with a scale: "0.05만 차이 나나요?" asks for a difference of only 0.05.
LEAST_SCALED = ENGLISH_SCALES["thousand"]
# How alike a name has to be, 0..1: a wrong one would be searched and answered for.
MIN_NAME_LIKENESS = 0.93


def normalise_question(question: str, loanwords: Loanwords) -> str:
    """The question with 7 trillion for 7조, and in English what the library has: 젬마, 정렬."""
    no_names = _find_homophones(question)
    question = _put_terms_in_english(question, loanwords)
    question = _replace_heard_names(question, loanwords, no_names)
    return _put_scales_in_english(question)


def _put_terms_in_english(question: str, loanwords: Loanwords) -> str:
    """The question with its terms of research in English."""
    return loanwords.glossary.put_in_english(question)


def _replace_heard_names(question: str, loanwords: Loanwords, no_names: Set[str]) -> str:
    """The question with the names that its nouns sound like, of all words of the library."""
    for hangul, heard in loanwords.find_loanwords(question).items():
        best = heard[0]
        if hangul not in no_names and best.is_name and best.likeness >= MIN_NAME_LIKENESS:
            question = re.sub(rf"(?<![가-힣]){hangul}", best.word, question)
    return question


def _put_scales_in_english(question: str) -> str:
    """The question with 7 trillion for 7조."""
    for figure in reversed(list(find_figures(question))):
        is_scaled = figure.text[-1] in "천만억조" and not figure.is_approximate
        if is_scaled and figure.value >= LEAST_SCALED:
            scaled = _format_in_english(figure.value)
            question = f"{question[: figure.start]}{scaled}{question[figure.end :]}"
    return question


def _find_homophones(question: str) -> set[str]:
    """Words that are no model's name in this question, though they sound like one (원주율 파이)."""
    return {
        korean
        for korean, unless in read_homophones().items()
        if any(word in question for word in unless)
    }


@cache
def read_homophones() -> Mapping[str, tuple[str, ...]]:
    """Words that sound like a model's name, each with the words beside which it is none."""
    return {row["korean"]: split_unless(row["unless"]) for row in read_table("homophones")}


def _format_in_english(value: Decimal) -> str:
    word, scale = next(
        (word, scale) for word, scale in reversed(ENGLISH_SCALES.items()) if value >= scale
    )
    return f"{(value / scale).normalize():f} {word}"
