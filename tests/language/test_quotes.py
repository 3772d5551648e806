"""Quotes: what stands in the source is found, and nothing else."""

import pytest

from language.quotes import find_quote

SOURCE = (
    "We scale the base model up in depth, from 32 to 48 layers. It is not trained from "
    "scratch, but from Mistral 7B’s weights — the best “com-\npatible” ones. The efﬁcient model "
    "scores 74.20 (+3.5%) on H6, with ε = 0.1 and a non-negative loss. Gemma 2 does not."
)


def found(words: str, source: str = SOURCE) -> str | None:
    span = find_quote(words, source)
    return source[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("from 32 to 48 layers", "from 32 to 48 layers"),
        ("from  32\nto 48 layers.", "from 32 to 48 layers"),
        ("Mistral 7B's weights - the best", "Mistral 7B’s weights — the best"),
        ('the best "compatible" ones', "the best “com-\npatible” ones"),
        ("The efficient model", "The efﬁcient model"),
        ("Mistral\u00a07B", "Mistral 7B"),
        ("scores 74.20 (+3.5%) on H6", "scores 74.20 (+3.5%) on H6"),
    ],
)
def test_white_space_hyphens_marks_and_letter_forms_may_differ(words: str, quote: str):
    assert found(words) == quote


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("We scale base model up in depth", "We scale the base model up in depth"),
        ("We scale a base model up in depth", "We scale the base model up in depth"),
        ("we scale the base model up, in depth", "We scale the base model up in depth"),
    ],
)
def test_for_a_dropped_article_or_a_changed_mark_the_sources_own_words_are_taken(
    words: str, quote: str
):
    assert found(words) == quote


@pytest.mark.parametrize(
    "words",
    [
        "from 32 to 49 layers",
        "from 32 to 4 layers",
        "from 3 2 to 48 layers",
        "scores 74.2 on H6",
        "scores 74.20 (-3.5%) on H6",
        "scores 74.20 (+3.5) on H6",
        "It is trained from scratch",
        "It isn't trained from scratch",
        "from Mixtral 7B's weights",
        "from Mistral 8B's weights",
        "Gemma 2 does",
        "trained from scratch",
        "Gemma does not",
        "negative loss",
        "scale the base mode",
        "",
        "…",
        "[1]",
    ],
)
def test_a_changed_number_name_negation_or_part_of_a_word_is_not_found(words: str):
    assert found(words) is None


def test_a_sign_belongs_to_its_number():
    assert found("a gain of 3.5", "a gain of -3.5 points") is None
    assert found("a gain of −3.5", "a gain of -3.5 points") == "a gain of -3.5"


def test_a_word_that_the_page_breaks_may_be_quoted_from_its_second_half():
    assert found("tention in every layer", "We use at-\n\ntention in every layer.") is not None
    assert found("negative values only", "It takes non-\n\nnegative values only.") is None


def test_the_mark_of_a_footnote_is_no_part_of_its_word():
    assert find_quote("for this discrepancy", "adjust for this discrepancy6.\n\nTable") == (7, 27)
    assert find_quote("for this discrepancy", "adjust for this discrepancy65 in all") is None
    assert find_quote("with mistral", "compared with mistral7 models") is None


def test_nothing_is_found_in_nothing():
    assert find_quote("words", "") is None
