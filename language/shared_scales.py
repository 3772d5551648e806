"""Scales that the numbers of a list share: "0.5, 1.5 and 7 billion" are three figures in billions."""

import re
from decimal import Decimal
from math import prod

from language.number_words import ENGLISH_SCALES
from language.numerals import LARGE_UNITS, NUMBER, SMALL_UNITS, TEN

SCALES = {**ENGLISH_SCALES, "k": TEN**3, "m": TEN**6, "b": TEN**9, "t": TEN**12}
WORD = r"(?:thousand|million|billion|trillion)s?\b"
LETTER = r"(?-i:[KkMBbT])(?![A-Za-z\d])"
# No part of a name or of another number stands before it. Nobody writes 2018 million: what is
# longer than three digits shares no scale.
ALONE = r"(?<![A-Za-z\d.,_])(?<![A-Za-z][-‐‑])"
MEMBER = r"\d{1,3}(?:\.\d+)?(?![\d.]*\d)"
AMOUNT = rf"[$€£]?{MEMBER}"
LAST = rf"[$€£]?(?:{NUMBER})\s*(?P<scale>{WORD}|{LETTER})"
# Three numbers or more, and ranges. "7 and 72 billion" may be two things counted: 7 layers and so on.
LIST = re.compile(
    rf"{ALONE}(?P<list>(?:{AMOUNT}\s*,\s*)+(?:(?:and|or)\s+|{AMOUNT}\s+(?:and|or)\s+|{AMOUNT}\s*,\s*)"
    rf"|(?<=between\s){AMOUNT}\s+and\s+|{AMOUNT}(?:\s+to\s+|\s*[–~]\s*))(?={LAST})",
    re.IGNORECASE | re.ASCII,
)
PAIR = re.compile(rf"{ALONE}{AMOUNT}\s+(?:and|or)\s+(?={LAST})", re.IGNORECASE | re.ASCII)
# What stands behind a number of a list in Korean, up to the number that has the scale.
JOINT = r"\s*(?:,|·|[-–~]|와|과|및|또는|이나|나|에서|부터|and\b|or\b|to\b)\s*"
REST_OF_LIST = re.compile(
    rf"(?:{JOINT}(?:{MEMBER}))*{JOINT}(?:{NUMBER})\s*"
    rf"(?:(?P<small>[십백천]*)(?P<large>[만억조])|(?P<scale>{WORD}|{LETTER}))",
    re.IGNORECASE | re.ASCII,
)


def write_out_scales(text: str) -> str:
    """An English text whose lists have the scale at each number: 7 billion, 72 billion."""
    return LIST.sub(_write_out, text)


def drop_first_of_pairs(text: str) -> str:
    """A text without numbers of which it is not told whether they share the next one's scale."""
    return PAIR.sub("", text)


def find_shared_scale(text: str, start: int, end: int) -> Decimal | None:
    """What the last number of a list scales this one by, as its readers take it; None outside of lists."""
    if not re.fullmatch(MEMBER, text[start:end]) or not (rest := REST_OF_LIST.match(text, end)):
        return None
    if rest["scale"]:
        return SCALES[_name_scale(rest["scale"])]
    return prod((SMALL_UNITS[unit] for unit in rest["small"]), start=LARGE_UNITS[rest["large"]])


def _write_out(found: re.Match[str]) -> str:
    separator = "" if len(found["scale"]) == 1 else " "
    return re.sub(MEMBER, rf"\g<0>{separator}{found['scale']}", found["list"])


def _name_scale(written: str) -> str:
    return written.lower().removesuffix("s")
