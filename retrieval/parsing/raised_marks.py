"""Small figures above or below the line: powers are kept as 10^6, marks of footnotes left out.

Read with the rest, "$320¹" would cost $3201, and "2.1 × 10²³" would be 1023.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

Level = Literal["raised", "lowered", "level"]

# Small type is set in at most this share of the size of what it stands behind, with its baseline
# off by at least this share of it.
MAX_SIZE = 0.85
MIN_SHIFT = 0.12
# Letters that are small by themselves.
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-")
POWER = re.compile(r"[-−–+]?\d+")
SIGNS = "-−–+"
# What refers to footnotes, to a list of references, or to the addresses of authors.
MARK = re.compile(r"[\d,;–\-∗*†‡§¶⋆♢♠♡♣\s]+")
# What a mark or power stands behind.
MARKED = re.compile(r"[\w.,;:!?%)\]}\"'”’>|+\-]\s*$")
STARTS_WITH_FIGURE = re.compile(r"[-−–+±]?\.?\d")
LETTER = re.compile(r"[^\W\d_]")
# A power of any size stands behind a ten; a small one behind a variable, a unit of length, a bracket.
TEN = re.compile(r"(?<![\d.,])10\s?$")
TWO = re.compile(r"(?<![\d.,])2\s?$")
VARIABLE = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]|[kcmn]m)\s?$|[α-ωΑ-Ω)\]]\s?$")
SMALL_POWER = re.compile(r"[2-9]")
# The number that a footnote begins with.
NOTE_NUMBER = re.compile(r"\s*(\d{1,2})(?=\s*[^\W\d])")


def write_raised_marks(blocks: Sequence[dict[str, Any]]) -> None:
    """Change the chars of a page's lines so that what is small reads as it looks: 10^6, 85.3 +1.2."""
    lines = [line for block in blocks for line in block["lines"] if line["spans"]]
    notes = set(_find_note_numbers(lines))
    for line in lines:
        _write_line(line, notes)


def _find_note_numbers(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The numbers with which lines in smaller type than the page's begin."""
    sizes: Counter[float] = Counter()
    for span in (span for line in lines for span in line["spans"]):
        sizes[round(span["size"], 1)] += len(span["chars"])
    body = max(sizes, key=sizes.__getitem__, default=0.0)
    for line in lines:
        if line["spans"][0]["size"] < body:
            words = "".join(char["c"] for span in line["spans"] for char in span["chars"])
            if found := NOTE_NUMBER.match(words.translate(RAISED)):
                yield found[1]


def _write_line(line: dict[str, Any], notes: set[str]) -> None:
    """Rewrite the small figures of one line; those of spans side by side are one: 10 and − and 4."""
    leveled = [
        (_level_of(char["c"], level), at, char)
        for at, level in enumerate(_find_levels(line))
        for char in line["spans"][at]["chars"]
    ]
    for span in line["spans"]:
        span["chars"] = []
    before, is_dropped = "", False
    for level, run in groupby(leveled, key=itemgetter(0)):
        chars = [(at, char) for _, at, char in run]
        text = "".join(char["c"] for _, char in chars)
        if level != "level":
            text = _write_small(text.translate(RAISED | LOWERED), level, before, notes)
            is_dropped = not text
        elif is_dropped and text[0].isalpha() and before[-1].isalnum():
            text = f" {text}"  # names that only their marks part
        for nth, letter in enumerate(text):
            at, char = chars[min(nth, len(chars) - 1)]
            line["spans"][at]["chars"].append({**char, "c": letter})
        before += text


def _find_levels(line: dict[str, Any]) -> list[Level]:
    """How each span stands to the last one in full size; the first ones to the one behind them."""
    largest = max(span["size"] for span in line["spans"])
    base = next(span for span in line["spans"] if span["size"] > MAX_SIZE * largest)
    levels: list[Level] = []
    for span in line["spans"]:
        shift = _measure_shift(span, base, line["dir"]) / base["size"]
        is_small = span["size"] <= MAX_SIZE * base["size"] and abs(shift) >= MIN_SHIFT
        if not is_small:
            base = span
        levels.append("level" if not is_small else "raised" if shift > 0 else "lowered")
    return levels


def _measure_shift(span: dict[str, Any], base: dict[str, Any], direction: Sequence[float]) -> float:
    """How far a span's baseline is above another's, in points, seen along the line."""
    if not (span["chars"] and base["chars"]):
        return 0.0
    (x, y), (base_x, base_y) = span["chars"][0]["origin"], base["chars"][0]["origin"]
    along_x, along_y = direction
    return float((x - base_x) * along_y - (y - base_y) * along_x)


def _level_of(letter: str, level: Level) -> Level:
    if ord(letter) in RAISED:
        return "raised"
    return "lowered" if ord(letter) in LOWERED else level


def _write_small(text: str, level: Level, before: str, notes: set[str]) -> str:
    """How small letters are written behind the line's earlier ones; marks are not."""
    if not before.strip():  # a footnote begins with its number
        return f"{text.strip()} " if level == "raised" and MARK.fullmatch(text) else text
    if not MARKED.search(before):  # the upper half of a fraction
        return text
    if level == "raised" and POWER.fullmatch(text.strip()):
        return _write_power(text.strip(), before, notes)
    if level == "raised" and MARK.fullmatch(text):
        return " " * text[-1].isspace()
    if before[-1].isdecimal() and STARTS_WITH_FIGURE.match(text):
        return f"^{text}" if level == "raised" and LETTER.search(text) else f" {text}"
    return text


def _write_power(number: str, before: str, notes: set[str]) -> str:
    """A raised number as a power, as a figure of its own, or not at all where it is a mark."""
    is_signed, is_note = number[0] in SIGNS, number in notes
    is_small = is_signed or (SMALL_POWER.fullmatch(number) and not is_note)
    if (
        TEN.search(before)
        or (VARIABLE.search(before) and is_small)
        or (TWO.search(before) and len(number) == 2 and not is_note)
    ):
        return f"^{number}"
    return f" {number}" if is_signed else ""
