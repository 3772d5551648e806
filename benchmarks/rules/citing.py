"""Rules by which an answer is tied to its sources and checked."""

from collections.abc import Callable
from typing import Any

from benchmarks.rules.switch import (
    Rule,
    replace_name,
    return_empty,
    return_false,
    return_none,
    return_true,
)
from nodes.citing.stream import CitationStream, prepare_streams


def without_original(*args: Any, original: str, **others: Any) -> Callable[[], CitationStream]:
    """Streams that know nothing of the English that an answer is translated from."""
    return prepare_streams(*args, **others)


UNCONFIRMED = "tells the reader what no source confirms"
CITATIONS = (
    Rule(
        "cited by the English",
        "ties a sentence to its source by the English too",
        replace_name("nodes.small.into_korean.prepare_streams", without_original),
        aim="citation",
    ),
    Rule(
        "cited by figures",
        "counts the figures that a sentence and its source share",
        replace_name("nodes.citing.attribution.FIGURE_WEIGHT", 0.0),
        aim="citation",
    ),
    Rule(
        "cited by names",
        "counts the names that a sentence and its source share",
        replace_name("nodes.citing.attribution.NAME_WEIGHT", 0.0),
        aim="citation",
    ),
    Rule(
        "sources of figures",
        "cites the source of each figure that stands elsewhere",
        replace_name(
            "nodes.citing.attribution.Attribution._add_sources_of_figures",
            return_none,
        ),
        aim="citation",
    ),
    Rule(
        "check: figures",
        "finds figures that what is cited does not hold: quotes and sources of figures rest on it",
        replace_name("nodes.citing.checks.SentenceCheck.find_unproven_figures", return_empty),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: units",
        "wants a figure's unit in the source as well",
        replace_name("language.figures.find_unit", return_none),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: cells",
        "wants a table's figure in the row and column that are named",
        replace_name("nodes.citing.checks.stands_in_named_cell", return_true),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: what is counted",
        "wants layers where layers are told, and no parameters",
        replace_name("nodes.citing.checks.counts_another_thing", return_false),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: near sources",
        "lets a figure rest on sentences near the question alone",
        replace_name("nodes.citing.attribution.NEAR_SOURCES", 1_000),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: whose figure",
        "wants a figure told of whom its source tells it",
        replace_name("nodes.citing.checks.is_anothers_figure", return_false),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: names",
        "wants each name in what is cited",
        replace_name("nodes.citing.checks.list_unknown_names", return_empty),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: denial and direction",
        "wants what the source denies denied, and higher where it says higher",
        replace_name("nodes.citing.checks.contradicts_source", return_false),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: comparisons",
        "wants what a sentence says of its own figures to fit them",
        replace_name("nodes.citing.checks.FIGURE_JUDGES", ()),
        safety=UNCONFIRMED,
    ),
    Rule(
        "answers beside the question",
        "quotes the sources of an answer that says no more than its question, or no reason",
        replace_name("nodes.small.compose.misses_question", return_false),
    ),
    Rule(
        "check: sibling names",
        "quotes where our words have phi-3-mini and the source phi-3-small",
        replace_name("nodes.citing.checks.find_mistaken_names", return_empty),
        safety=UNCONFIRMED,
    ),
    Rule(
        "check: Korean",
        "quotes in place of what is not written in Korean",
        replace_name("nodes.citing.checks._is_not_korean", return_false),
        safety="an answer in another language is none",
    ),
    Rule(
        "check: endings",
        "quotes in place of endings that are no Korean",
        replace_name("nodes.citing.checks.find_garbled_endings", return_empty),
    ),
)
