"""Whether the label of a row or column is asked about: by the stems of its words."""

import re
from itertools import pairwise

from language.terms import stem_words

HANGUL_WORDS = re.compile(r"[가-힣]+")
# Marks of references and figures in brackets say nothing of what a label names: "BERT [12]".
ASIDE = re.compile(r"\[[\w+, ]+\]|\([^()]*\d[^()]*\)")
MEAN = re.compile(r"\bavg\b", re.IGNORECASE)
# A label is asked about where the question has so much of it (0..1).
ASKED_SHARE = 0.6
# Shorter stems are short for too many words: params, but not p.
MIN_SHORT_FORM = 3


def find_asked_terms(asked: str, english: str) -> frozenset[str]:
    """The stems of what a question asks about, in English and in the names of the Korean."""
    return frozenset(stem_words(f"{HANGUL_WORDS.sub(' ', asked)} {english}"))


def is_label_asked(label: str, asked: frozenset[str]) -> bool:
    """Whether most words of a row's or column's label are among the stems asked about."""
    found = stem_words(MEAN.sub("average", ASIDE.sub("", label)))
    is_asked = [_is_term_asked(term, asked) for term in found]
    for at, (first, second) in enumerate(pairwise(found)):
        if f"{first}{second}" in asked:  # Qwen 2, of which Qwen2 is asked
            is_asked[at : at + 2] = True, True
    return bool(found) and sum(is_asked) >= ASKED_SHARE * len(found)


def _is_term_asked(term: str, asked: frozenset[str]) -> bool:
    """Whether a stem, what it is short for (RAG-Seq., params), or its parts (Qwen 2) are asked about."""
    is_short_form = len(term) >= MIN_SHORT_FORM
    return term in asked or any(
        (is_short_form and word.startswith(term))
        or (term.startswith(word) and term.removeprefix(word) in asked)
        for word in asked
    )
