"""Spell a question's figures and names as the papers do, before a model translates it.

Small models take 7조 for 7 billion, and 젬마 for another model's name.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from nodes.figures import figures

SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
HANGUL_WORD = re.compile(r"[가-힣]{2,}")
# A name is two syllables at least, perhaps with particles.
SHORTEST = 2
PARTICLES = re.compile(
    r"(?:에서|에|으로|로)?(?:는|도|의|만)?|은|이|가|을|를|와|과|랑|이랑|보다|까지|부터"
)
# In a title: a word with a version behind it.
NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}(?=[ -]?\d)")
# The letters of a syllable in the order of Unicode; sounds that borrowing mixes up are one.
ONSETS = "k k n t t l m p p s s . j j j k t p h".replace(".", "\0").split(" ")
VOWELS = "a e a e o e o e o a e e o u o e i u u i i".split(" ")
CODAS = ". k k k n n n t l k m l l l p l m p p s s n j j k t p h".replace(".", "\0").split(" ")
# English spelling in the same letters; what is longer or depends on its neighbours comes first.
SOUNDS = (
    ("tion", "sun"), ("e$", ""), ("qu|qw", "ku"), ("ph|[fvb]", "p"), ("sh", "s"), ("ch|z", "j"), ("x", "ks"),
    ("g(?=[eiy])", "j"), ("c(?=[eiy])", "s"), ("ck|[cgq]", "k"), ("th?|d", "t"),
    ("(?<=[aeiou])r(?![aeiou])", ""), ("r", "l"), ("[wy](?=[aeiou])", ""), ("y", "i"),
)  # fmt: skip
VOWEL = re.compile("[aeiou]")
# How much of two words of few consonants must sound alike, and of others.
ALIKE, SHORT_ALIKE = 0.5, 0.75


def spelled(question: str, titles: Sequence[str]) -> str:
    """The question with 7 trillion for 7조, and with Gemma for 젬마 where a title has that name."""
    sounds = {name: _english_sound(name) for title in titles for name in NAME.findall(title)}
    question = HANGUL_WORD.sub(lambda match: _named(match[0], sounds), question)
    for figure in reversed(list(figures(question))):
        if figure.text[-1] in "천만억조":
            start = figure.end - len(figure.text)
            question = question[:start] + _in_english(figure.value) + question[figure.end :]
    return question


def _in_english(value: Decimal) -> str:
    word, scale = next((word, scale) for word, scale in SCALES.items() if value >= scale)
    return f"{(value / scale).normalize():f} {word}"


def _named(word: str, sounds: Mapping[str, str]) -> str:
    """The word, with the name that it sounds like in its place; its particles stay."""
    for end in range(SHORTEST, len(word) + 1):
        if PARTICLES.fullmatch(word[end:]):
            heard = _korean_sound(word[:end])
            if name := next((name for name in sounds if _alike(heard, sounds[name])), None):
                return name + word[end:]
    return word


def _korean_sound(word: str) -> str:
    """The word in Latin letters, roughly: 젬마 is jema."""
    places = [ord(syllable) - ord("가") for syllable in word]
    letters = [ONSETS[at // 588] + VOWELS[at % 588 // 28] + CODAS[at % 28] for at in places]
    # What English spells with an i is often heard as ai (Phi, Gemini).
    return _single("".join(letters).replace("\0", "").replace("ai", "i"))


def _english_sound(name: str) -> str:
    """The name in the same letters: Gemma is jema."""
    sound = name.lower()
    for spelling, letters in SOUNDS:
        sound = re.sub(spelling, letters, sound)
    return _single(sound)


def _single(sound: str) -> str:
    return re.sub(r"([^aeiou])\1", r"\1", sound)


def _alike(korean: str, english: str) -> bool:
    """Whether both have the same consonants in order, the first vowel, and enough of the rest."""
    consonants = VOWEL.sub("", korean)
    needed = ALIKE if len(consonants) > 1 else SHORT_ALIKE
    return (
        consonants == VOWEL.sub("", english)
        and VOWEL.findall(korean)[:1] == VOWEL.findall(english)[:1]
        and SequenceMatcher(None, korean, english).ratio() >= needed
    )
