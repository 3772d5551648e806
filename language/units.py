"""Units: what stands behind a figure, and which are asked for."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from language.data import read_table

# Quantities that an English question asks for by name.
HOW_MANY = re.compile(r"\bhow many ((?:milli)?seconds|minutes|hours|days|months)\b", re.IGNORECASE)
# 몇 asks for a number; 몇몇 is "some".
WHICH_NUMBER = re.compile(r"(?<!몇)몇(?!몇)")
COST = re.compile(r"\b(?:costs?|prices?)\b", re.IGNORECASE)


class Unit(NamedTuple):
    """A unit of measure, as a row of units.tsv has it."""

    korean: re.Pattern[str]
    """How it stands behind a figure of a Korean text."""

    source: re.Pattern[str]
    """How a source has it."""


@cache
def read_units() -> Mapping[str, Unit]:
    """The units that we know, by name."""
    return {
        row["unit"]: Unit(
            re.compile(rf"\s*{row['korean']}"),
            # In a source in Korean it stands behind a figure.
            re.compile(rf"(?:{row['english']})|\d[십백천만억조]*\s*(?:{row['korean']})"),
        )
        for row in read_table("units")
    }


def find_unit(text: str, end: int) -> re.Pattern[str] | None:
    """How a source has the unit behind a figure that ends there in a Korean text; None for none."""
    units = read_units().values()
    return next((unit.source for unit in units if unit.korean.match(text, end)), None)


def has_unit(text: str, end: int) -> bool:
    """Whether one of the units that we know stands behind a figure of a Korean text."""
    return find_unit(text, end) is not None


def find_asked_units(question: str, english: str) -> list[re.Pattern[str]]:
    """How a source has each unit that a question asks for by name: 며칠, 몇 달러, how much it cost."""
    in_english = HOW_MANY.search(english)
    question = question.replace("며칠", "몇 일")
    numbers = [match.end() for match in WHICH_NUMBER.finditer(question)]
    asked = [
        unit.source
        for unit in read_units().values()
        if (in_english and unit.source.search(f" {in_english[1]}"))
        or any(unit.korean.match(question, end) for end in numbers)
    ]
    return [*asked, _paid_pattern()] if COST.search(english) else asked


@cache
def _paid_pattern() -> re.Pattern[str]:
    """A source that speaks of cost, whatever it was paid in."""
    return re.compile(f"(?i:{COST.pattern})|{read_units()['dollar'].source.pattern}")
