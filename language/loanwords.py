"""The English words of a library that Korean writes in Hangul, found by their sound.

A small model knows few of them (펠리시아 is Felicia), and BM25 none.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, partial
from math import log
from typing import Any

from language.glossary import Glossary
from language.sounds import Sound, measure_likeness, sound_of_korean, sounds_of_english
from language.terms import load_kiwi

# In letters; longer ones are no words.
MAX_WORD_LENGTH = 20
# Tags of what a noun is made of, and of a name.
NOUN_PARTS, PROPER_NOUN_TAG = frozenset("NNG NNP NNB NR XR XPN XSN MAG".split()), "NNP"
HANGUL_WORD = re.compile(r"[가-힣]{2,}")
# A noun with a version behind it is a name (라마 2).
VERSION = re.compile(r"[ -]?\d")
# Syllables that few words have but those from other languages.
FOREIGN = re.compile(r"[카-핗]|[그느드르므브스즈츠흐]|^[라-맇]")
# How alike a word has to be, 0..1: one that looks foreign or is a name, the same with two
# syllables, and any other that the library gives a capital.
# (UNREACHABLE: no likeness is above 1.)
MIN_LIKENESS_FOREIGN, MIN_LIKENESS_SHORT, MIN_LIKENESS_PLAIN, UNREACHABLE = 0.8, 0.9, 0.93, 2.0
# All likenesses were set by hand on the names of the questions that sounds.py was tried on, and no
# measurement is kept.
# So much less alike words are looked at as well, so many in all; a capital and being frequent help.
MAX_LIKENESS_GAP, MAX_HEARD = 0.05, 2
NAME_BONUS, COUNT_BONUS = 0.03, 0.02


@dataclass(frozen=True)
class HeardWord:
    """A word of the library that a word of Hangul may stand for."""

    word: str
    """As the library writes it most often."""

    likeness: float
    is_name: bool
    """Whether it has a capital there, as names have."""


@dataclass(frozen=True)
class _LibraryWord:
    word: str
    count: int
    is_name: bool
    sound: Sound


class Loanwords:
    """The English words of a library by their sound."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Of all words, as they are written, with how often each is."""
        # Made when the first Hangul is met, and once for all parts of the library.
        self._read_words_by_kinds = cache(partial(_sort_by_kinds, counts))
        self._has_word: Callable[[str], bool] | None = None
        self.glossary = Glossary(counts)

    def narrow(self, has_words: Callable[[str], bool]) -> "Loanwords":
        """Those alone that a part of the library has."""
        narrowed = copy(self)
        narrowed._has_word = has_words
        narrowed.glossary = self.glossary.narrow(has_words)
        return narrowed

    def find_loanwords(self, text: str) -> dict[str, list[HeardWord]]:
        """What the Hangul nouns of a text may stand for, best first; parts of others left out."""
        found: dict[str, list[HeardWord]] = {}
        for noun in _find_nouns(text) if HANGUL_WORD.search(text) else ():
            is_part = any(noun.word in whole for whole in found)
            if not is_part and (heard := self._find_alike(noun)):
                found[noun.word] = heard
        return found

    def list_english(self, text: str) -> list[str]:
        """All the words that the Hangul of a text may stand for."""
        return [one.word for heard in self.find_loanwords(text).values() for one in heard]

    def _find_alike(self, noun: "_Noun") -> list[HeardWord]:
        sound = sound_of_korean(noun.word)
        alike: dict[str, tuple[float, _LibraryWord]] = {}
        for entry in self._read_words_by_kinds().get(sound.kinds, []):
            how = measure_likeness(sound, entry.sound)
            if how >= noun.required_likeness(entry) and how > alike.get(entry.word, (0.0,))[0]:
                alike[entry.word] = how, entry
        if self._has_word:
            alike = {word: one for word, one in alike.items() if self._has_word(word)}
        least = max((how for how, _ in alike.values()), default=0) - MAX_LIKENESS_GAP
        near = [one for one in alike.values() if one[0] >= least]
        near.sort(key=lambda one: -_rank_score(*one))
        return [HeardWord(entry.word, how, entry.is_name) for how, entry in near[:MAX_HEARD]]


def _sort_by_kinds(counts: Mapping[str, int]) -> Mapping[str, list[_LibraryWord]]:
    """Words by the kinds of their consonants, each as it is written most often."""
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in counts.items():
        if len(word) <= MAX_WORD_LENGTH:
            spellings[word.lower()][word] = count
    entries: dict[str, list[_LibraryWord]] = defaultdict(list)
    for written in spellings.values():
        usual = max(written, key=lambda word: written[word])
        for sound in sounds_of_english(usual):
            entry = _LibraryWord(usual, sum(written.values()), usual != usual.lower(), sound)
            entries[sound.kinds].append(entry)
    return dict(entries)


def is_heard_in(word: str, text: str) -> bool:
    """Whether an English word sounds like a noun of a Korean text: Mistral, of 미스트랄."""
    sounds = sounds_of_english(word)
    return any(
        sound.kinds == heard.kinds and measure_likeness(heard, sound) >= MIN_LIKENESS_FOREIGN
        for noun in _find_nouns(text)
        for heard in [sound_of_korean(noun.word)]
        for sound in sounds
    )


@dataclass(frozen=True)
class _Noun:
    word: str
    is_name: bool

    def required_likeness(self, entry: _LibraryWord) -> float:
        """How alike it has to be to a word to be taken for it."""
        foreign, is_name = len(FOREIGN.findall(self.word)), self.is_name and entry.is_name
        if len(self.word) > 2 and (foreign or is_name):
            return MIN_LIKENESS_FOREIGN
        if foreign > 1 or is_name:
            return MIN_LIKENESS_SHORT
        return MIN_LIKENESS_PLAIN if len(self.word) > 2 and entry.is_name else UNREACHABLE


def _rank_score(how: float, entry: _LibraryWord) -> float:
    """By what one of several words that are alike is taken."""
    return how + NAME_BONUS * entry.is_name + COUNT_BONUS * log(entry.count)


def _find_nouns(text: str) -> Iterator[_Noun]:
    """The nouns of a text, each run of parts as a whole and then by its parts."""
    run: list[Any] = []
    for token in [*load_kiwi().tokenize(text), None]:
        joins = token and token.tag.split("-")[0] in NOUN_PARTS
        if run and not (joins and run[-1].end == token.start):
            yield from _split_run(run, has_version=bool(VERSION.match(text, run[-1].end)))
            run = []
        if joins:
            run.append(token)


def _split_run(run: Sequence[Any], *, has_version: bool) -> Iterator[_Noun]:
    parts = [(token.form, token.tag == PROPER_NOUN_TAG) for token in run]
    is_name = has_version or any(is_name for _, is_name in parts)
    whole = ("".join(form for form, _ in parts), is_name)
    for form, is_name in dict.fromkeys([whole, *parts]):
        if HANGUL_WORD.fullmatch(form):
            yield _Noun(form, is_name)
