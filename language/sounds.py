"""How English words sound in Hangul: 펠리시아 is Felicia, 트랜스포머 is transformer.

Both spellings are cut into consonants and the vowels between them. The likeness of two words of
as many consonants is the mean, over all consonants and vowels, of how usual it is that Korean
writes one for the other: set by hand, after Korea's rules for loanwords (외래어 표기법) and the
habits beside them, and tried on the names of 450 questions.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from language.data import read_table

# The parts of a Hangul syllable in the order of Unicode; of final consonants, the one that is heard.
ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = "-ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㅅㅅㅇㅅㅅㄱㅅㅂㅅ"
# Korean puts it between consonants that English speaks in a row.
SILENT_VOWEL = "ㅡ"

Likely = Mapping[str, Mapping[str, float]]

ENGLISH_VOWELS = re.compile(r"[aeiouyw]+")
# Read as one vowel.
ONE_VOWEL = re.compile(r"ee|oo|ou|ea|ai|au|ie|ei|oa|ay|ey|ow|ew|eu|ue|ui|[aeiouy]w")
# The numbers below are likelihoods, 0..1, set by hand as the module says.
# A part that is no more likely than this makes two words different.
MAX_DIFFERENT = 0.12
# How likely it is that Korean has a vowel where English has none, and the other way round.
ADDED, ADDED_BEHIND_SIBILANT, SWALLOWED, SWALLOWED_WHOLE = 0.15, 0.9, 0.75, 0.2
# What each vowel more or less costs.
VOWEL_COUNT_COST = 0.3
# How many readings of one spelling are looked at: a bound on the work, not measured.
MAX_READINGS = 8


class SoundTables(NamedTuple):
    """The tables of sounds.tsv, where they are explained."""

    consonants: Likely
    first_vowels: Likely
    diphthongs: Mapping[str, Sequence[str]]
    spellings: Sequence[tuple[re.Pattern[str], Sequence[str]]]
    kinds: Mapping[str, str]
    """Of each consonant, Korean or English, which others are written for it now and then."""


@cache
def read_sounds() -> SoundTables:
    """The tables, read once."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table("sounds"):
        rows[row["table"]].append((row["written"], row["read"]))
    consonants = _read_likelihoods(rows["consonant"])
    kinds = {sound: kind for kind, sounds in rows["kind"] for sound in sounds.split()}
    spellings = ((written, read.replace("∅", "")) for written, read in rows["spelling"])
    return SoundTables(
        consonants,
        _read_likelihoods(rows["first_vowel"]),
        {hangul: read.split() for hangul, read in rows["diphthong"]},
        [(re.compile(written), read.split("|")) for written, read in spellings],
        kinds | {hangul: kinds[next(iter(english))] for hangul, english in consonants.items()},
    )


def _read_likelihoods(rows: Sequence[tuple[str, str]]) -> Likely:
    """Of each Hangul letter, the English it is written for, with how likely (0..1) that is."""
    pairs = ((hangul, [one.split("=") for one in read.split()]) for hangul, read in rows)
    return {hangul: {english: float(likely) for english, likely in pair} for hangul, pair in pairs}


@dataclass(frozen=True)
class Sound:
    """Consonants, with the vowels before each and behind the last."""

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]

    @property
    def kinds(self) -> str:
        """The kinds of its consonants: those of other kinds are never alike."""
        return "".join(read_sounds().kinds[one] for one in self.consonants)


def sound_of_korean(word: str) -> Sound:
    """The sound of a word of Hangul syllables."""
    consonants, vowels = list[str](), [""]
    for syllable in word:
        place = ord(syllable) - ord("가")
        onset, vowel = ONSETS[place // 588], VOWELS[place % 588 // 28]
        coda = CODAS[place % 28]
        if onset != "ㅇ":
            doubled = consonants and not vowels[-1] and consonants[-1] == f"{onset}."
            if doubled:
                consonants[-1] = "ㄹㄹ" if onset == "ㄹ" else onset
            else:
                begins = onset == "ㄹ" and not consonants and not vowels[0]
                consonants.append("^ㄹ" if begins else onset)
                vowels.append("")
        vowels[-1] += vowel
        if coda != "-":
            consonants.append(f"{coda}.")
            vowels.append("")
    return Sound(tuple(consonants), tuple(vowels))


def sounds_of_english(word: str) -> list[Sound]:
    """The sounds that the spelling of an English word may stand for."""
    letters = unicodedata.normalize("NFD", word.lower())
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    readings: list[tuple[list[str], list[str]]] = [([], [""])]
    at = 0
    while at < len(letters):
        end, sounds = _read_next_sound(letters, at)
        readings = [
            _extend_reading(consonants, vowels, sound.split())
            for consonants, vowels in readings
            for sound in sounds
        ][:MAX_READINGS]
        at = end
    return [Sound(tuple(consonants), tuple(vowels)) for consonants, vowels in readings]


def _read_next_sound(letters: str, at: int) -> tuple[int, Sequence[str]]:
    """Where the next letters that make one sound end, and how they may be read."""
    if vowels := ENGLISH_VOWELS.match(letters, at):
        return vowels.end(), [f"-{vowels[0]}"]
    for pattern, sounds in read_sounds().spellings:
        # A compiled pattern's ^ stands for the beginning of the word, wherever the search starts.
        if (found := pattern.match(letters, at)) and found.end() > at:
            return found.end(), sounds
    return at + 1, [""]


def _extend_reading(
    consonants: Sequence[str], vowels: Sequence[str], sounds: Sequence[str]
) -> tuple[list[str], list[str]]:
    """A reading with some more sounds; of the same consonant twice in a row one is heard."""
    consonants, vowels = list(consonants), list(vowels)
    for sound in sounds:
        if sound[0] == "-":
            vowels[-1] += sound[1:]
        elif not (consonants and consonants[-1] == sound and not vowels[-1]):
            consonants.append(sound)
            vowels.append("")
    return consonants, vowels


def measure_likeness(korean: Sound, english: Sound) -> float:
    """How alike two sounds of as many consonants are, 0..1; 0 where any part is quite different."""
    tables = read_sounds()
    consonants = [
        tables.consonants[heard].get(meant, 0.0)
        for heard, meant in zip(korean.consonants, english.consonants, strict=True)
    ]
    before = ("", *english.consonants)
    pairs = list(zip(korean.vowels, english.vowels, before, strict=True))
    last = len(pairs) - 1
    vowels = [
        _measure_vowel_likeness(*pair, is_last=at == last)
        for at, pair in enumerate(pairs)
        if any(pair[:2])
    ]
    parts = [*consonants, *vowels]
    return sum(parts) / len(parts) if parts and min(parts) > MAX_DIFFERENT else 0.0


def _measure_vowel_likeness(hangul: str, english: str, before: str, *, is_last: bool) -> float:
    """How likely it is that Hangul vowels are written for English ones behind a consonant."""
    heard = hangul.replace(SILENT_VOWEL, "")
    if not heard:
        return _measure_silent_likeness(hangul, english, is_last=is_last)
    if not english:
        is_added = before in ("ch", "sh", "j") and heard in ("ㅣ", "ㅜ")
        return ADDED_BEHIND_SIBILANT if is_added else ADDED
    tables = read_sounds()
    if english[0] in tables.diphthongs.get(heard, ()):
        return 1.0
    likely = tables.first_vowels[heard[0]].get(english[0], 0.0)
    if is_last and heard == "ㅣ" and english == "e":  # silent, as a rule
        likely = 0.5
    if heard[0] == "ㅓ" and english[1:2] == "r":
        likely = 1.0
    spoken = len(ONE_VOWEL.sub("o", english).replace("r", "")) or 1
    return max(0.0, likely - VOWEL_COUNT_COST * abs(len(heard) - spoken))


def _measure_silent_likeness(hangul: str, english: str, *, is_last: bool) -> float:
    """The same where Korean has no vowel but the one that it puts between consonants."""
    if english in ("", "r") or (is_last and english == "e"):
        return 1.0
    if hangul:
        return SWALLOWED if len(english.replace("r", "")) == 1 else SWALLOWED_WHOLE
    return 0.6 if english == "e" else 0.1
