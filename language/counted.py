"""What a figure counts: layers are no parameters, and the figure in a name counts nothing else."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from language.data import read_table
from language.figures import Figure, find_figures

# What may stand between a figure and what it counts: "48개의 층", "32 hidden layers".
KOREAN_COUNTER = r"\s*(?:여\s*)?(?:개|장|대|가지)?(?:의)?\s*"
KOREAN_BEFORE = r"(?:\s*(?:수|개수))?[은는이가]?\s*(?:약|총|모두)?\s*$"
# A word behind the figure that we don't know may well be what it counts: 626M trainable …
UNKNOWN_NOUN = re.compile(r"\s*[A-Za-z]")
# It is a unit where it begins small and no Korean noun follows: 1247 tCO2eq로.
LATIN_UNIT = re.compile(r"\s*([a-z][A-Za-z\d]{2,}?)s?(?![A-Za-z\d-]|\s+[가-힣])")
# "초당 12토큰", and how a source has it.
RATE = re.compile(r"(초|분|시간)당\s*(?:약|최대|평균)?\s*$")
RATE_OF_SOURCE: Mapping[str, re.Pattern[str]] = {
    "초": re.compile(r"(?i:(?:\bper|/|\ban?|\beach|\bevery)\s*s(?:ec(?:ond)?s?)?\b)|초당"),
    "분": re.compile(r"(?i:(?:\bper|/|\ban?|\beach|\bevery)\s*m(?:in(?:ute)?s?)?\b)|분당"),
    "시간": re.compile(r"(?i:(?:\bper|/|\ban?|\beach|\bevery)\s*h(?:(?:ou)?rs?)?\b)|시간당"),
}
ENGLISH_BETWEEN = r"[\s-]+(?:[A-Za-z][\w-]*\s+){0,2}?"
# "Gemma 2 27B", "phi-3-mini (3.8B)": a size behind a name counts parameters.
SIZE_IN_NAME = re.compile(r"[\w-]*[A-Za-z][\w.-]*[ (-]{0,2}$")
BEHIND_NAME = re.compile(r"[A-Za-z][\w.]*[ -]$")
SIZE_LETTER = re.compile(r"[BM]$")


class Counted(NamedTuple):
    """Something that figures count, as a row of counted.tsv has it."""

    behind: re.Pattern[str]
    """Behind a figure of a Korean text."""

    before: re.Pattern[str]
    """Before one."""

    source: re.Pattern[str]
    """Behind a figure of a source in English."""


@cache
def read_counted() -> Mapping[str, Counted]:
    """The things that we know, by name."""
    return {
        row["noun"]: Counted(
            re.compile(rf"{KOREAN_COUNTER}(?:{row['korean']})"),
            re.compile(rf"(?:{row['korean']}){KOREAN_BEFORE}"),
            re.compile(rf"{ENGLISH_BETWEEN}(?:{row['english']})\b", re.IGNORECASE),
        )
        for row in read_table("counted")
    }


def counts_another_thing(sentence: str, figure: Figure, source: str) -> bool:
    """Whether a source counts something else with a figure of a Korean sentence.

    False where either is silent on what it counts; a unit and a rate must stand in the source.
    """
    unit = LATIN_UNIT.match(sentence, figure.end)
    if unit and unit[1].lower() not in source.lower():
        return True
    rate = RATE.search(sentence[: figure.start])
    if rate and not RATE_OF_SOURCE[rate[1]].search(source):
        return True
    told = _find_told(sentence, figure)
    if not told:
        return False
    counted = [
        _find_counted(source, one) for one in find_figures(source) if one.value == figure.value
    ]
    return bool(counted) and all(things and told.isdisjoint(things) for things in counted)


def _find_told(sentence: str, figure: Figure) -> set[str]:
    """What a Korean sentence counts with a figure: the noun behind it, else the one before.

    Empty where it does not say, and of the size in a name (Aya-23-8B의 층).
    """
    is_size = SIZE_LETTER.search(figure.text) is not None
    if is_size and (
        sentence[figure.end :].startswith("의") or BEHIND_NAME.search(sentence[: figure.start])
    ):
        return set()
    known = read_counted().items()
    behind = {name for name, one in known if one.behind.match(sentence, figure.end)}
    if behind or UNKNOWN_NOUN.match(sentence, figure.end):
        return behind
    return {name for name, one in known if one.before.search(sentence[: figure.start])}


def _find_counted(source: str, figure: Figure) -> set[str]:
    """What a source counts with one of its figures; empty where it does not say."""
    behind = {
        name
        for name, one in read_counted().items()
        if one.source.match(source, figure.end) or one.behind.match(source, figure.end)
    }
    is_size = SIZE_LETTER.search(figure.text) and SIZE_IN_NAME.search(source[: figure.start])
    return behind or ({"parameter"} if is_size else set())
