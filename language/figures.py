"""The figures that a text states, as values: 78억, 7.8B and 7.8 billion are one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from language.number_words import find_english_magnitudes, find_values_in_words
from language.numerals import LARGE_UNITS, NUMBER, SMALL_UNITS, TEN, find_korean_numerals
from language.shared_scales import (
    PAIR,
    SCALES,
    drop_first_of_pairs,
    find_shared_scale,
    write_out_scales,
)
from language.units import find_unit

# A figure that no letter stands before (that would be a name: GPT-4), with what scales it.
FIGURE = re.compile(
    rf"(?<![A-Za-z\d.,_])(?<![A-Za-z][-‐‑])"
    rf"(?P<korean>(?:(?:(?:{NUMBER})\s*[십백천]\s*)*(?:{NUMBER})\s*[십백천]*\s*[만억조]\s*)+"
    rf"(?:(?:{NUMBER})\s*[백천](?![가-힣])|\d[\d,]*)?"
    rf"|(?:{NUMBER})\s*[백천](?=\s|[개명건번층시토장쪽회어여]|$))"
    rf"|(?<![A-Za-z\d.,_])(?<![A-Za-z][-‐‑])(?P<number>{NUMBER})"
    rf"(?:\s*(?P<scale>thousand|million|billion|trillion)s?\b|(?P<letter>(?-i:[KkMBbT]))(?![A-Za-z\d]))?",
    re.IGNORECASE | re.ASCII,
)
# An English figure with its scale in words, which Korean readers get as 억 and 만.
SCALE_IN_WORDS = re.compile(r"(?:thousand|million|billion|trillion)s?$", re.IGNORECASE)
# Each part of a Korean figure: a number and its scale.
PART = re.compile(rf"({NUMBER})\s*([십백천]*)\s*([만억조]?)")
# A scale that stands apart from its figures: in a column head, in "in millions", as 10^6.
APART = re.compile(
    r"\((?P<letter>[KMBT])\)|\b(?P<word>(?i:thousand|million|billion|trillion))s?\b"
    r"|[×x·]\s*10\^?(?P<power>3|6|9|12)(?!\d)"
)
# Percentages of a source: one of 10 to 99 % may be meant by "about half" (절반 가까이).
PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|퍼센트|percent|per cent)", re.IGNORECASE)
# Numbers of tables, figures, steps and sections (Table 3), which are no amounts.
LABELLED_NUMBER = re.compile(
    r"\b(?:fig(?:ure)?|table|step|stage|section|eq(?:uation)?)\.?\s*\d+", re.I
)
# Numbers that lead somewhere and count nothing: of a heading, of a reference, of a table.
POINTER = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.)(?=\s+[A-Z][A-Za-z]{2})"
    r"|\[(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|[A-Z][A-Za-z]*\+?\d{2}[a-z]?)\]"
    r"|\b(?i:tables?|fig(?:ure|\.)s?|sections?|sec\.|eq(?:uation|\.)|appendix)\s*[A-Z]?[\d.]*\d|§\s*[\d.]*\d"
)


@dataclass(frozen=True)
class Figure:
    """A figure of a text."""

    text: str
    """As it is written, with its scale."""

    value: Decimal
    end: int
    """Where it ends in the text."""

    is_approximate: bool = False
    """Whether it stands for all values of its power of ten (수백만)."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.end - len(self.text)


def find_figures(text: str) -> Iterator[Figure]:
    """Each figure that is written in digits or in Korean words, in order."""
    in_digits = [_read_digits(match) for match in FIGURE.finditer(text)]
    in_words = [
        figure for figure in _find_figures_in_words(text) if _is_not_in_digits(figure, in_digits)
    ]
    for figure in in_digits:
        if not any(word.start <= figure.start and figure.end <= word.end for word in in_words):
            in_words.append(figure)
    yield from sorted(in_words, key=lambda figure: figure.end)


def states_figure(source: str, text: str, figure: Figure) -> bool:
    """Whether a source states a figure of the text: its value, and its unit where it has one.

    Of an approximate figure, any value of the same power of ten.
    """
    unit = find_unit(text, figure.end)
    if figure.is_approximate:
        is_stated = figure.value.adjusted() in _find_magnitudes(source)
    elif scale := find_shared_scale(text, figure.start, figure.end):
        is_stated = figure.value * scale in find_values(source) or figure.value in find_values(
            drop_first_of_pairs(source)
        )
    else:
        is_stated = figure.value in find_values(source)
    return is_stated and (unit is None or bool(unit.search(source)))


def drop_pointers(source: str) -> str:
    """A source in English without its numbers of headings, references, tables and figures."""
    return POINTER.sub(" ", source)


def format_in_korean(value: Decimal) -> str:
    """2_130_000_000 as 21억 3000만."""
    parts, rest = [], value
    for unit, scale in reversed(LARGE_UNITS.items()):
        if count := rest // scale:
            parts.append(f"{count:f}{unit}")
        rest %= scale
    return " ".join([*parts, *([f"{rest.normalize():f}"] if rest else [])])


def put_scales_in_korean(text: str) -> str:
    """An English text with 38억 for 3.8 billion and 8100만 for 81,000,000, as Korean has them.

    "7 and 72 billion" stays: it may be 70억 and 720억, or 7 of something.
    """
    text = write_out_scales(text)
    pairs = {match.end() for match in PAIR.finditer(text)}
    for figure in reversed(list(find_figures(text))):
        if figure.start in pairs:
            continue
        is_round = figure.value >= TEN**6 and figure.value % TEN**4 == 0
        if SCALE_IN_WORDS.search(figure.text) or (is_round and figure.text[-1].isdecimal()):
            text = f"{text[: figure.start]}{format_in_korean(figure.value)}{text[figure.end :]}"
    return text


def find_values(text: str) -> set[Decimal]:
    """All values that a source may be said to state: words and scales apart count too.

    Of 81 million, that is 81,000,000 and not 81; of "7, 8 and 9 million" neither 7 nor 8.
    """
    text = write_out_scales(text)
    stated = {figure.value for figure in find_figures(text) if not figure.is_approximate}
    bare = {
        Decimal(number.replace(",", ""))
        for number in re.findall(NUMBER, FIGURE.sub(_drop_scaled, text))
    }
    apart = {
        SCALES[(match["letter"] or match["word"]).lower()]
        if not match["power"]
        else TEN ** int(match["power"])
        for match in APART.finditer(text)
    }
    scaled = {value * scale for value in bare for scale in apart}
    return stated | bare | scaled | find_values_in_words(text)


def _find_magnitudes(source: str) -> set[int]:
    """The powers of ten of all values of a source, its percentages as fractions too."""
    percentages = {Decimal(number).adjusted() - 2 for number in PERCENTAGE.findall(source)}
    approximate = {
        figure.value.adjusted() for figure in find_figures(source) if figure.is_approximate
    }
    exact = {value.adjusted() for value in find_values(source)}
    return percentages | approximate | exact | find_english_magnitudes(source)


def _read_digits(match: re.Match[str]) -> Figure:
    written = match[0].rstrip()
    return Figure(written, _read_value(match), match.start() + len(written))


def _find_figures_in_words(text: str) -> Iterator[Figure]:
    for start, end, value, is_approximate in find_korean_numerals(text):
        yield Figure(text[start:end], value, end, is_approximate)


def _is_not_in_digits(figure: Figure, in_digits: Sequence[Figure]) -> bool:
    """Whether a figure in words is no part of one in digits (1만), nor of a name (GPT-4만)."""
    if figure.text[0].isdecimal() and all(other.start != figure.start for other in in_digits):
        return False
    return all(
        figure.end <= other.start or other.end <= figure.start or len(other.text) < len(figure.text)
        for other in in_digits
    )


def _drop_scaled(match: re.Match[str]) -> str:
    """A figure as it stands, or nothing where it carries its own scale."""
    return match[0] if re.fullmatch(NUMBER, match[0].strip()) else " "


def _read_value(match: re.Match[str]) -> Decimal:
    if match["korean"]:
        return _read_korean_scales(match["korean"])
    number = Decimal(match["number"].replace(",", ""))
    scale = match["scale"] or match["letter"]
    return number * (SCALES[scale.lower()] if scale else 1)


def _read_korean_scales(text: str) -> Decimal:
    """2억 1,300만 is 213,000,000; 1천300만 is 13,000,000."""
    total = below = Decimal(0)
    for number, small, large in PART.findall(text):
        part = Decimal(number.replace(",", ""))
        for unit in small:
            part *= SMALL_UNITS[unit]
        below += part
        if large:
            total, below = total + below * LARGE_UNITS[large], Decimal(0)
    return total + below
