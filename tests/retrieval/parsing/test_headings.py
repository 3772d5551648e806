"""Headings: told by number, name and type, and nothing else is one."""

import pytest

from retrieval.parsing.headings import set_heading_levels
from retrieval.parsing.reading_order import Block, group_paragraphs

PROSE = "We train the model on text of many kinds. It has 48 layers, and it was scaled in depth."


def block(text: str, size: float = 10, *, bold: bool = False, page: int = 1) -> Block:
    return Block(text, page, 100, 110, size, largest=size, is_bold=bold)


def prose() -> Block:
    return block(PROSE * 20)


def found(*blocks: Block, title: str = "") -> list[tuple[str, int]]:
    return [(part.text, part.level) for part in set_heading_levels(blocks, title) if part.level]


def test_numbers_tell_the_level():
    headings = [
        block("3 Method", 12, bold=True),
        block("3.1 Data", bold=True),
        block("3.1.2 Cleaning", bold=True),
        block("B. Proofs", 12, bold=True),
        block("B.1 Lemmas", bold=True),
    ]

    assert [level for _, level in found(*headings, prose())] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize(
    "name", ["Abstract", "INTRODUCTION", "Related Work", "Conclusions", "Acknowledgements", "서론"]
)
def test_well_known_names_need_no_type_of_their_own(name: str):
    assert found(block(name), prose()) == [(name, 1)]


def test_the_type_of_numbered_sections_tells_those_without_a_number():
    blocks = [
        block("1 Results", 12, bold=True),
        prose(),
        block("Ethics Statement", 12, bold=True),
        prose(),
    ]

    assert found(*blocks) == [("1 Results", 1), ("Ethics Statement", 1)]


def test_title_and_authors_stand_before_the_first_heading():
    blocks = [
        block("A Survey of Deep Models", 17, bold=True),
        block("Ada Lovelace", 12, bold=True),
        block("Abstract", 12, bold=True),
        prose(),
    ]

    assert found(*blocks) == [("Abstract", 1)]


def test_where_nothing_has_a_number_or_name_larger_type_tells():
    blocks = [
        block("Our Year", 24),
        block("What we did", 16),
        block("In the spring", 12),
        prose(),
    ]

    assert found(*blocks, title="Our Year") == [("What we did", 1), ("In the spring", 2)]


def test_letters_are_parts_of_roman_sections():
    blocks = [
        block("I. INTRODUCTION"),
        block("II. METHOD"),
        block("A. Data", bold=True),
        prose(),
    ]

    assert found(*blocks) == [("I. INTRODUCTION", 1), ("II. METHOD", 1), ("A. Data", 2)]


def test_numbers_that_begin_anew_in_smaller_type_are_parts():
    blocks = [
        block("8 Appendix", 12, bold=True),
        block("1. Definitions", 10, bold=True),
        prose(),
    ]

    assert found(*blocks) == [("8 Appendix", 1), ("1. Definitions", 2)]


def test_a_wide_space_behind_the_number_makes_no_table():
    blocks = [block("1 Method", 12, bold=True), block("A\tLanguages", 12, bold=True), prose()]

    assert found(*blocks) == [("1 Method", 1), ("A Languages", 1)]


@pytest.mark.parametrize(
    "other",
    [
        block("1 We collect data from the web"),
        block("2. It is bold, but ends as a sentence does.", bold=True),
        block("Table 3: Results", 12, bold=True),
        block("Model\tLayers\tHeads", 12, bold=True),
        block("48", 12, bold=True),
        block("Base model", bold=True),
        block("2 Encoder", 6, bold=True),
        block("3 " + "very long " * 20, 12, bold=True),
    ],
    ids=lambda block: block.text[:24],
)
def test_other_short_blocks_are_no_headings(other: Block):
    assert found(block("1 Method", 12, bold=True), other, prose()) == [("1 Method", 1)]


def test_type_that_much_of_the_text_is_set_in_tells_no_headings():
    notes = [block(f"Note {name} of ours", 12, bold=True) for name in ("one", "two", "six") * 20]

    assert found(block("1 Method", 12, bold=True), *notes, prose()) == [("1 Method", 1)]


def test_no_sentence_goes_on_from_or_into_a_heading():
    heading = Block("3.4 Data of which we have a good many kinds in", 1, 100, 110, 10, level=2)
    below = Block("the web. It has 48 layers.", 1, 120, 140, 10)

    assert group_paragraphs([heading, below]) == [[heading], [below]]


def test_no_blocks_no_headings():
    assert set_heading_levels([], "") == []
