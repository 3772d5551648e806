"""Whether the label of a row or column is asked about: by the stems of its words."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from language.data import read_table
from language.terms import stem_words

HANGUL_WORDS = re.compile(r"[가-힣]+")
# Marks of references and figures in brackets say nothing of what a label names: "BERT [12]".
ASIDE = re.compile(r"\[[\w+, ]+\]|\([^()]*\d[^()]*\)")
MEAN = re.compile(r"\bavg\b\.?", re.IGNORECASE)
SIGNS = (
    (MEAN, "average"),
    (re.compile(r"\bw/o\b"), "without"),
    (re.compile(r"#\s*"), "number "),
)
# A label is asked about where the question has so much of it (0..1).
ASKED_SHARE = 0.6
SIZE = re.compile(r"\d+(?:\.\d+)?[BMbm]")
# They ask, count, compare or state, and tell no cell from another, but where a label is one: Train.
COMMON_STEMS = frozenset(
    stem_words(
        "score scores value values figure figures number numbers num result results percentage percent"
        " point points accuracy rate ratio much many each respectively paper report table tables"
        " show shown shows list listed get gets got obtain obtained achieve achieved receive received"
        " reach record recorded give given reported set use used train trained training evaluate"
        " evaluated evaluation measure measured compare compared comparison difference between"
        " higher highest lower lowest larger largest smaller smallest better best worse"
        " model models version tell please if also both test tests benchmark benchmarks dataset datasets"
    )
)
DOER = re.compile(r"[a-z]{2,}(?:er|or)s?")
# Shorter stems are short for too many words: params, but not p.
MIN_SHORT_FORM = 3


def find_asked_terms(asked: str, english: str) -> frozenset[str]:
    """The stems of what a question asks about, in English and in the names of the Korean."""
    return frozenset(stem_terms(f"{HANGUL_WORDS.sub(' ', asked)} {english}"))


def stem_terms(text: str) -> list[str]:
    """The stems of words, but what does something by its own name: a tokenizer is no token."""
    return [
        doer[0].removesuffix("s") if (doer := DOER.fullmatch(word)) and _is_cut(word) else stem
        for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())
        for stem in stem_words(word)
    ]


def _is_cut(word: str) -> bool:
    """Whether a stem leaves out that a word does something."""
    return not any(stem.endswith(("er", "or")) for stem in stem_words(word))


def is_label_asked(label: str, asked: frozenset[str]) -> bool:
    """Whether most words of a row's or column's label are among the stems asked about."""
    found = stem_terms(MEAN.sub("average", ASIDE.sub("", label)))
    is_asked = [_is_term_asked(term, asked) for term in found]
    for at, (first, second) in enumerate(pairwise(found)):
        if f"{first}{second}" in asked:  # Qwen 2, of which Qwen2 is asked
            is_asked[at : at + 2] = True, True
    return bool(found) and sum(is_asked) >= ASKED_SHARE * len(found)


def _is_term_asked(term: str, asked: frozenset[str]) -> bool:
    """Whether a stem, what it is short for (RAG-Seq., params), or its parts (Qwen 2) are asked about."""
    return term in asked or any(
        _is_short_for(term, word) or (term.startswith(word) and term.removeprefix(word) in asked)
        for word in asked
    )


class LabelMatch(NamedTuple):
    """What a label and a question have in common."""

    asked: frozenset[str]
    """The stems of the question that the label names."""

    others: frozenset[str]
    """The stems of the label that the question does not have, but for what stands in brackets."""


def match_label(label: str, asked: frozenset[str], abbreviations: Mapping[str, str]) -> LabelMatch:
    """Which stems of a question a label names, also by what it is short for (WQ, ko)."""
    short = label.strip()
    in_full = abbreviations.get(short) or read_languages().get(short.lower())
    if in_full and (named := asked.intersection(stem_terms(in_full))):
        return LabelMatch(named, frozenset())
    spelt = _spell_out(label)
    told = stem_terms(f"{spelt} {spelt.replace('-', '')}")
    joined = {f"{first}{second}" for first, second in pairwise(stem_terms(spelt))}
    named = frozenset(
        one for one in asked if one in joined or any(_stands_for(stem, one) for stem in told)
    )
    others = [
        stem
        for stem in stem_terms(ASIDE.sub("", spelt))
        if not any(_stands_for(stem, one) or (one in joined and stem in one) for one in asked)
    ]
    return LabelMatch(named, frozenset(others))


def _spell_out(label: str) -> str:
    """A label with what its signs stand for: # Layers, w/o safety, Avg."""
    for pattern, words in SIGNS:
        label = pattern.sub(words, label)
    return label


def _stands_for(stem: str, asked: str) -> bool:
    """Whether a label's stem is one of the question, or short for it (params)."""
    return stem == asked or _is_short_for(stem, asked)


def _is_short_for(stem: str, word: str) -> bool:
    """Whether a word begins with a stem, and does not only do what that names."""
    return len(stem) >= MIN_SHORT_FORM and word.startswith(stem) and stem_words(word) != [stem]


@cache
def read_languages() -> Mapping[str, str]:
    """The English names of languages by their codes."""
    return {row["code"]: row["english"] for row in read_table("languages")}


def find_languages(text: str) -> list[str]:
    """The English names of the languages that a Korean text names: no 스페인어권."""
    return [
        row["english"]
        for row in read_table("languages")
        if re.search(rf"(?<![가-힣]){row['korean']}(?!권)", text)
    ]


def is_language(label: str) -> bool:
    """Whether a label, or a stem, is a language: by its code, or by its name."""
    known = read_languages()
    return label.lower() in known or label.lower() in _list_language_stems()


def is_size(label: str) -> bool:
    """Whether a label, or a stem, is the size of a model: 7B, 0.5B."""
    return bool(SIZE.fullmatch(label))


@cache
def _list_language_stems() -> frozenset[str]:
    return frozenset(
        stem for name in read_languages().values() for stem in (name.lower(), *stem_words(name))
    )
