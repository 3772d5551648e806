"""The terms of a text: English word stems and Korean morphemes."""

import re
import unicodedata
from functools import cache
from typing import Any

import Stemmer

# Words of questions and of grammar: they say nothing about what a passage is about.
STOP_WORDS = frozenset(
    "a an and are as at be been but by can did do does for from had has have how in into is it "
    "its many much not of on or paper report so such than that the their them then there these "
    "they this to use used using according was were what when where which while who why will "
    "with would".split()
)
HANGUL_RUN = re.compile(r"[가-힣]+")
LETTER = re.compile(r"[^\W\d_]")
# A word that may be heard in Hangul: three letters at least.
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{3,}")
# From this share of its letters on, 0..1, a text is Korean; English papers quote a few Korean words.
MIN_HANGUL_SHARE = 0.2
# Nouns, roots of verbs, adjectives and compounds; particles and endings are left out.
MORPHEMES = ("NNG", "NNP", "NR", "VV", "VA", "XR", "MAG")
# Morphemes that a question is asked with, as the stop words in English.
KOREAN_STOP_WORDS = frozenset("하 되 있 없 같 보 알 어떻 어떠 무엇 누구 어디 언제 얼마".split())


def stem_words(text: str) -> list[str]:
    """The stems of a text's words, lower case, without stop words."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())
    stems: list[str] = _load_stemmer().stemWords([word for word in words if word not in STOP_WORDS])
    return stems


def list_written_words(text: str) -> list[str]:
    """A text's words of Latin letters as they are written, without stop words."""
    words = LATIN_WORD.findall(unicodedata.normalize("NFKC", text))
    return [word for word in words if word.lower() not in STOP_WORDS]


def is_korean(text: str) -> bool:
    """Whether a good part of the text's letters are Hangul."""
    hangul = sum(len(word) for word in HANGUL_RUN.findall(text))
    return hangul > 0 and hangul >= MIN_HANGUL_SHARE * len(LETTER.findall(text))


def list_korean_terms(text: str) -> list[str]:
    """The morphemes of a text's Korean words that bear meaning, and the stems of all others."""
    text = unicodedata.normalize("NFKC", text)
    morphemes = [
        token.form
        for token in load_kiwi().tokenize(text)
        if token.tag.split("-")[0] in MORPHEMES and token.form not in KOREAN_STOP_WORDS
    ]
    return stem_words(HANGUL_RUN.sub(" ", text)) + [
        form for form in morphemes if HANGUL_RUN.search(form)
    ]


@cache
def _load_stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@cache
def load_kiwi() -> Any:
    """Kiwi, once some Korean is met; its further dictionaries would double its 250 MB."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_default_dict=False, load_multi_dict=False)
