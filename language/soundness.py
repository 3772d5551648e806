"""Whether a Korean sentence ends soundly: small models garble endings (오나습니다, 했다습니다)."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from language.terms import load_kiwi

# What ends a verb or adjective, or makes one of a noun; behind it no stem begins in one word.
ENDINGS = ("EC", "EF", "ETM", "ETN", "XSV", "XSA")
STEMS = ("VV", "VA", "NNG", "NNP", "XR")
# The verbs that Kiwi finds where 습니다 stands behind a vowel, as no verb's ending does.
NO_VERBS = frozenset({"슬", "스"})
# But these do: 하고자합니다, 라고합니다.
LIGHT_VERBS = frozenset({"하", "되"})
# Endings that no 입니다 follows, as it does in 위해서입니다 and 하는지입니다.
OPEN_ENDINGS = frozenset("고 나 어 아 게 며 자".split())
FORMAL_END = re.compile(r"\S*니다(?![가-힣])")

# Three small letters behind a syllable are no symbol (값x) and no name.
MIXED_WORD = re.compile(r"[가-힣]+[a-z]{3,}[\w-]*")
# A word that joins English words, with none beside it: "Perhaps, 주장은", "Gemma 2 with 2B".
STRAY_WORD = re.compile(
    r"(?<![A-Za-z] )(?<![\w'’./-])(?:[Pp]erhaps|[Hh]owever|[Tt]herefore|[Tt]hus|[Mm]oreover|[Ww]hile"
    r"|[Ww]ith|[Aa]nd|or|[Tt]he|of|[Ff]or|[Ff]rom|[Ii]n|on|by|which|that|not|is|are|to|as|at)"
    r"(?![\w'’./-]| [A-Za-z])"
)


def find_garbled_endings(text: str) -> Iterator[str]:
    """The formal endings of a text that are none: a stem begins behind another ending.

    Kiwi, which has to make something of what is no word, reads 오나습니다 as 오 + 나 + 슬 + ㅂ니다.
    """
    if not FORMAL_END.search(text):
        return
    for first, second in pairwise(load_kiwi().tokenize(text)):
        is_garbled = first.end == second.start and _cannot_follow(first, second)
        if is_garbled and (end := FORMAL_END.match(text, first.start)):
            yield end[0]


def _cannot_follow(first: Any, second: Any) -> bool:
    before, behind = first.tag.split("-")[0], second.tag.split("-")[0]
    if second.form in NO_VERBS and behind == "VV":
        return True
    if before in ENDINGS and behind in STEMS:
        return second.form not in LIGHT_VERBS
    if before == "EC" and behind == "VCP":
        return first.form in OPEN_ENDINGS
    return bool(before == "ETN" and behind == "EF")


def find_mixed_words(text: str) -> list[str]:
    """Words that begin in Hangul and go on in English (재covery), and stray English ones (Perhaps, …)."""
    return [match[0] for pattern in (MIXED_WORD, STRAY_WORD) for match in pattern.finditer(text)]
