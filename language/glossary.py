"""Korean terms of research, and what papers in English call them.

A small model takes 정렬 (alignment) for sorting and 독성 (toxicity) for independence, and BM25
knows neither. A term counts only where the library has its English: of several, the one whose
words it has most often (내적: dot product, inner product); and only where no word of the text says
that something else is meant (배열을 정렬). What means several things in one paper (추론: inference,
reasoning; weight: 가중치, 무게) stands in glossary.tsv only with the word that tells which.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, partial
from typing import NamedTuple

from language.data import read_table, split_unless
from language.sounds import measure_likeness, sound_of_korean, sounds_of_english
from language.terms import HANGUL_RUN, load_kiwi, stem_words

# Terms of so many syllables are written with spaces or without.
MIN_SPACED_SYLLABLES = 3
# How alike, 0..1, a term has to sound to its English that a reader needs no more than it.
# Set by hand, like the thresholds of loanwords.py.
MIN_TERM_LIKENESS = 0.8


class Sense(NamedTuple):
    """One meaning of a term."""

    english: str
    unless: tuple[str, ...]
    """Words of a text in which the term means something else."""

    def is_meant_in(self, text: str) -> bool:
        """Whether no word of the text speaks against this meaning."""
        return not any(word in text for word in self.unless)


class Term(NamedTuple):
    """A Korean term where it stands in a text."""

    start: int
    end: int
    english: str


class Glossary:
    """The terms that a library's papers speak of."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Of all English words of the library, as they are written, with how often each is."""
        # Made when Hangul is met, and once for all parts of the library.
        self._read_senses = cache(partial(_sort_senses, counts))
        self._has_words: Callable[[str], bool] | None = None

    def narrow(self, has_words: Callable[[str], bool]) -> "Glossary":
        """The terms alone that a part of the library speaks of."""
        narrowed = copy(self)
        narrowed._has_words = has_words
        return narrowed

    def _list_senses(self, korean: str) -> list[Sense]:
        """What the papers may call a term, most often first."""
        senses = self._read_senses().get(korean, [])
        if not self._has_words:
            return senses
        return [sense for sense in senses if self._has_words(sense.english)]

    def find_terms(self, text: str) -> Iterator[Term]:
        """The terms of a text that the library speaks of, in their order."""
        for match in _match_terms(text):
            senses = self._list_senses(_without_spaces(match[0]))
            meant = next((sense for sense in senses if sense.is_meant_in(text)), None)
            if meant:
                yield Term(*match.span(), meant.english)

    def list_english(self, text: str) -> list[str]:
        """The English of all terms of a text."""
        return [term.english for term in self.find_terms(text)]

    def put_in_english(self, text: str) -> str:
        """The text with each term in English, its particles behind it."""
        for term in reversed(list(self.find_terms(text))):
            text = f"{text[: term.start]}{term.english}{text[term.end :]}"
        return text


def find_known_terms(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each term of a text, as it is written there, with all that papers in English may call it."""
    for match in _match_terms(text):
        senses = _senses_by_term()[_without_spaces(match[0])]
        yield match[0], [sense.english for sense in senses]


def _match_terms(text: str) -> Iterator[re.Match[str]]:
    """Where the terms of the list stand in a text."""
    found = list(_korean_pattern().finditer(text))
    # A term ends where a morpheme does: no metric (지표) is in 지표면, the surface of the earth.
    ends = {token.end for token in load_kiwi().tokenize(text)} if found else set[int]()
    yield from (match for match in found if match.end() in ends)


def _sort_senses(counts: Mapping[str, int]) -> Mapping[str, list[Sense]]:
    """What a library of these words may call each term, most often first."""
    stems: Counter[str] = Counter()
    for word, count in counts.items():
        stems.update({stem: count for stem in stem_words(word)})
    known = {}
    for korean, senses in _senses_by_term().items():
        often = {one: min(stems[stem] for stem in stem_words(one.english)) for one in senses}
        known[korean] = sorted(filter(often.get, often), key=lambda one: -often[one])
    return known


def put_terms_in_korean(english: str, question: str) -> str:
    """An English text with its terms in Korean, as a question writes them.

    Others are followed by their English, but where the Korean sounds like it. Names stay: Korean
    is a language (한국어) or a people's, and only a Korean question tells which.
    """
    asked = _without_spaces(question)

    def term(found: re.Match[str]) -> str:
        known = _korean_by_english()[found[1]]
        as_asked = next((korean for korean in known if _without_spaces(korean) in asked), None)
        if as_asked or _sounds_like(known[0], found[1]):
            return as_asked or known[0]
        return f"{known[0]}({found[0]})"

    return _english_pattern().sub(term, english)


@cache
def _sounds_like(korean: str, english: str) -> bool:
    """Whether a term is the English word itself, in Hangul."""
    heard = sound_of_korean("".join(HANGUL_RUN.findall(korean)))
    spoken = (sound for sound in sounds_of_english(english) if sound.kinds == heard.kinds)
    return any(measure_likeness(heard, sound) >= MIN_TERM_LIKENESS for sound in spoken)


class GlossaryLine(NamedTuple):
    """A line of the list: one meaning."""

    korean: list[str]
    english: list[str]
    unless: tuple[str, ...]


@cache
def read_glossary() -> Sequence[GlossaryLine]:
    """The lines of glossary.tsv, where they are explained."""
    return [
        GlossaryLine(
            row["korean"].split(", "), row["english"].split(", "), split_unless(row["unless"])
        )
        for row in read_table("glossary")
    ]


@cache
def _senses_by_term() -> Mapping[str, list[Sense]]:
    """The meanings of each term, which is written without spaces."""
    entries: dict[str, list[Sense]] = defaultdict(list)
    for line in read_glossary():
        for korean in line.korean:
            entries[_without_spaces(korean)] += [Sense(one, line.unless) for one in line.english]
    return dict(entries)


@cache
def _korean_by_english() -> Mapping[str, list[str]]:
    """The Korean of each English term but names, the usual one first."""
    return {one: line.korean for line in read_glossary() for one in line.english if one.islower()}


@cache
def _english_pattern() -> re.Pattern[str]:
    """An English term, or several of it, as words of their own; the longest that stands there."""
    longest_first = "|".join(map(re.escape, sorted(_korean_by_english(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])({longest_first})s?(?![\w-])")


@cache
def _korean_pattern() -> re.Pattern[str]:
    """A term at the beginning of a word, the longest that stands there."""
    longest_first = sorted(_senses_by_term(), key=len, reverse=True)
    written = (
        r"\s?".join(term) if len(term) >= MIN_SPACED_SYLLABLES else term for term in longest_first
    )
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(written)})")


def _without_spaces(term: str) -> str:
    return re.sub(r"\s", "", term)


@cache
def list_synonyms(korean: str) -> frozenset[str]:
    """A Korean word, and those of the glossary that stand for the same English ones."""
    rows = [row["korean"].split(", ") for row in read_table("glossary")]
    return frozenset({korean}.union(*(words for words in rows if korean in words)))
