"""How English words sound in Hangul: 펠리시아 is Felicia, 트랜스포머 is transformer.

Both spellings are cut into consonants and the vowels between them. The likeness of two words of
as many consonants is the mean, over all consonants and vowels, of how usual it is that Korean
writes one for the other: set by hand, after Korea's rules for loanwords (외래어 표기법) and the
habits beside them, and tried on the names of 450 questions.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = "-ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㅅㅅㅇㅅㅅㄱㅅㅂㅅ"
SILENT = "ㅡ"

Likely = Mapping[str, Mapping[str, float]]


def _likely(table: str) -> Likely:
    """From lines of a Hangul letter and the English it is written for, each with its likelihood."""
    rows = (line.split() for line in table.strip().splitlines())
    return {
        hangul: {one.rstrip(".0123456789"): float(one.lstrip("abcdefghijklmnopqrstuvwxyz") or 1)
                 for one in english}
        for hangul, *english in rows
    }  # fmt: skip


# A consonant that ends a syllable has a point behind it; ㄹㄹ is one sound, ^ㄹ begins a word.
CONSONANTS = _likely("""
ㄱ  g k.3
ㄲ  g.8 k.8
ㅋ  k g.3
ㄱ. k g.9
ㄴ  n ng.5
ㄴ. n ng.6
ㅇ. ng n.8
ㄷ  d t.4 th.6
ㄸ  d t.6
ㅌ  t th.8 d.2
ㄷ. t d.8 th.7
ㅅ. t d.8 th.7
^ㄹ r l
ㄹ  r l.7
ㄹ. l r.8
ㄹㄹ l r.4
ㅁ  m
ㅁ. m
ㅂ  b v p.4 f.2
ㅃ  b p.8 v.7 f.2
ㅍ  p f v.5 b.2
ㅂ. p b v.7 f.7
ㅅ  s sh th z.4 ch.4 j.2
ㅆ  s th sh.8 z.3 ch.3 j.1
ㅈ  j z s.6 th.5 ch.4 sh.3
ㅉ  ch j.7 z.7 s.4 sh.3 th.3
ㅊ  ch ts sh.5 j.4 z.4 s.3 th.2
ㅎ  h
""")
# By the first letter of the English vowels.
FIRST_VOWELS = _likely("""
ㅏ a u.9 o.8
ㅐ a e.8
ㅑ y i a.7
ㅒ y
ㅓ u o e.9 a.7 i.6
ㅔ e a.8
ㅕ y i o.8 e.8 u.6
ㅖ y e.8 i.7 a.6
ㅗ o a.6 u.5 w.5
ㅘ w u o.8
ㅙ w u.8
ㅚ o.8 w.8
ㅛ y i o.6 e.5
ㅜ u w o.9 e.6
ㅝ w u o.4
ㅞ w u
ㅟ w u.9
ㅠ u y e.9 i.7
ㅢ u.7 i.7
ㅣ i y e.9
""")
# Several Hangul vowels for one English sound, which may begin with any of these letters.
DIPHTHONGS = {
    "ㅔㅣ": "ae", "ㅏㅣ": "iya", "ㅗㅣ": "o", "ㅗㅜ": "o", "ㅏㅜ": "ou", "ㅣㅓ": "eiy", "ㅔㅓ": "ae",
    "ㅏㅣㅓ": "iy", "ㅜㅓ": "ou", "ㅗㅓ": "o", "ㅏㅜㅓ": "o", "ㅣㅠ": "u", "ㅠㅝ": "uw",
    "ㅔㅣㅓ": "a", "ㅞㅓ": "u",
}  # fmt: skip
# What English spells, in the letters of CONSONANTS, and vowels behind a stroke; | parts readings.
# The first that fits is taken; one with ^ only at the beginning of a word.
SPELLINGS = [
    (re.compile(pattern), sounds.split("|"))
    for pattern, sounds in (
        line.split(maxsplit=1) if " " in line else (line, "")
        for line in r"""
^(?:kn|gn) n
^wr r
^wh h|
^ps s
mb$ m
[tsc]ion sh -o n
ts$ ts|t s|t z
[ct]i(?=al|an|ous) sh
sure z -u
ture ch -er
sch s|sh
tch ch
sh sh
ch ch|k|sh
dg(?=e) j
gh(?=t|$|s)
gh g
ph f
th t|s
ck|cq k
sc(?=[eiy]) s
que$ k
qw k -uw
qu k -u
q k
x k s|z
cc(?=[eiy]) k s
c(?=[eiy]) s
g(?=[eiy]) j|g
ng$|ng(?=[^aeiouy]) ng
ng ng g|n j
n(?=[kx]) ng
(?<=[aeiouy])re$ -re
rr?(?![aeiouyr]) -r
rr? r
ll? l
bb? b
pp? p
ff? f
vv? v
cc?|kk? k
gg? g
dd? d
ts(?=u)|tz ts
tt? t
mm? m
nn? n
z+ z
s$ s|z
ss? s
j j
h(?=[aeiouy]) h|
h
""".strip().splitlines()
    )
]
ENGLISH_VOWELS = re.compile(r"[aeiouyw]+")
# Read as one vowel.
ONE_VOWEL = re.compile(r"ee|oo|ou|ea|ai|au|ie|ei|oa|ay|ey|ow|ew|eu|ue|ui|[aeiouy]w")
# A part that is no more likely than this makes two words different.
DIFFERENT = 0.12
# How likely it is that Korean has a vowel where English has none, and the other way round.
ADDED, ADDED_BEHIND_SIBILANT, SWALLOWED, SWALLOWED_WHOLE = 0.15, 0.9, 0.75, 0.2
# What each vowel more or less costs.
UNEVEN = 0.3
# How many readings of one spelling are looked at.
READINGS = 8
# Consonants that are written for each other now and then.
KINDS = {
    sound: kind
    for kind, sounds in (
        ("K", "g k"), ("T", "d t th"), ("P", "b v p f"), ("S", "s sh z ch j ts"), ("L", "r l"),
        ("N", "n ng"), ("M", "m"), ("H", "h"),
    )
    for sound in sounds.split()
}  # fmt: skip
KINDS |= {hangul: KINDS[next(iter(english))] for hangul, english in CONSONANTS.items()}


@dataclass(frozen=True)
class Sound:
    """Consonants, with the vowels before each and behind the last."""

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]

    @property
    def kinds(self) -> str:
        """The kinds of its consonants: those of other kinds are never alike."""
        return "".join(KINDS[one] for one in self.consonants)


def korean_sound(word: str) -> Sound:
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


def english_sounds(word: str) -> list[Sound]:
    """The sounds that the spelling of an English word may stand for."""
    letters = unicodedata.normalize("NFD", word.lower())
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    readings: list[tuple[list[str], list[str]]] = [([], [""])]
    at = 0
    while at < len(letters):
        end, sounds = _spelt(letters, at)
        readings = [
            _with(consonants, vowels, sound.split())
            for consonants, vowels in readings
            for sound in sounds
        ][:READINGS]
        at = end
    return [Sound(tuple(consonants), tuple(vowels)) for consonants, vowels in readings]


def _spelt(letters: str, at: int) -> tuple[int, Sequence[str]]:
    """Where the next letters that make one sound end, and how they may be read."""
    if vowels := ENGLISH_VOWELS.match(letters, at):
        return vowels.end(), [f"-{vowels[0]}"]
    for pattern, sounds in SPELLINGS:
        # A compiled pattern's ^ stands for the beginning of the word, wherever the search starts.
        if (found := pattern.match(letters, at)) and found.end() > at:
            return found.end(), sounds
    return at + 1, [""]


def _with(
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


def likeness(korean: Sound, english: Sound) -> float:
    """How alike two sounds of as many consonants are, 0..1; 0 where any part is quite different."""
    consonants = [
        CONSONANTS[heard].get(meant, 0.0)
        for heard, meant in zip(korean.consonants, english.consonants, strict=True)
    ]
    before = ("", *english.consonants)
    pairs = list(zip(korean.vowels, english.vowels, before, strict=True))
    last = len(pairs) - 1
    vowels = [
        _vowel_likeness(*pair, is_last=at == last) for at, pair in enumerate(pairs) if any(pair[:2])
    ]
    parts = [*consonants, *vowels]
    return sum(parts) / len(parts) if parts and min(parts) > DIFFERENT else 0.0


def _vowel_likeness(hangul: str, english: str, before: str, *, is_last: bool) -> float:
    """How likely it is that Hangul vowels are written for English ones behind a consonant."""
    heard = hangul.replace(SILENT, "")
    if not heard:
        return _silent_likeness(hangul, english, is_last=is_last)
    if not english:
        is_added = before in ("ch", "sh", "j") and heard in ("ㅣ", "ㅜ")
        return ADDED_BEHIND_SIBILANT if is_added else ADDED
    if english[0] in DIPHTHONGS.get(heard, ""):
        return 1.0
    likely = FIRST_VOWELS[heard[0]].get(english[0], 0.0)
    if is_last and heard == "ㅣ" and english == "e":  # silent, as a rule
        likely = 0.5
    if heard[0] == "ㅓ" and english[1:2] == "r":
        likely = 1.0
    spoken = len(ONE_VOWEL.sub("o", english).replace("r", "")) or 1
    return max(0.0, likely - UNEVEN * abs(len(heard) - spoken))


def _silent_likeness(hangul: str, english: str, *, is_last: bool) -> float:
    """The same where Korean has no vowel but the one that it puts between consonants."""
    if english in ("", "r") or (is_last and english == "e"):
        return 1.0
    if hangul:
        return SWALLOWED if len(english.replace("r", "")) == 1 else SWALLOWED_WHOLE
    return 0.6 if english == "e" else 0.1
