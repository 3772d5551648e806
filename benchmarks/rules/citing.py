"""Rules by which an answer is tied to its sources and checked."""

from collections.abc import Callable
from typing import Any

from benchmarks.rules.switch import Rule, never, nobody, nothing, turn_off
from nodes.citing.stream import CitationStream, prepare_streams


def without_original(*args: Any, original: str, **others: Any) -> Callable[[], CitationStream]:
    """Streams that know nothing of the English that an answer is translated from."""
    return prepare_streams(*args, **others)


UNCONFIRMED = "tells the reader what no source confirms"
CITATIONS = (
    Rule(
        "cited by the English",
        "ties a sentence to its source by the English too",
        turn_off("nodes.small.into_korean.prepare_streams", without_original),
        aim="citation",
    ),
    Rule(
        "cited by figures",
        "counts the figures that a sentence and its source share",
        turn_off("nodes.citing.attribution.FIGURE_WEIGHT", 0.0),
        aim="citation",
    ),
    Rule(
        "cited by names",
        "counts the names that a sentence and its source share",
        turn_off("nodes.citing.attribution.NAME_WEIGHT", 0.0),
        aim="citation",
    ),
    Rule(
        "sources of figures",
        "cites the source of each figure that stands elsewhere",
        turn_off(
            "nodes.citing.attribution.Attribution._add_sources_of_figures",
            lambda self, sentence, cited, check: cited,
        ),
        aim="citation",
    ),
    Rule(
        "check: figures",
        "labels figures that what is cited does not hold",
        turn_off("nodes.citing.checks.SentenceCheck.find_unproven_figures", nobody),
        safety=UNCONFIRMED,
        aim="label",
    ),
    Rule(
        "check: units",
        "wants a figure's unit in the source as well",
        turn_off("language.figures.find_unit", nothing),
        safety=UNCONFIRMED,
        aim="label",
    ),
    Rule(
        "check: sibling names",
        "labels phi-3-mini where the source has phi-3-small",
        turn_off("nodes.citing.checks._find_mistaken_names", nobody),
        safety=UNCONFIRMED,
        aim="label",
    ),
    Rule(
        "check: Korean",
        "labels what is not written in Korean",
        turn_off("nodes.citing.checks._is_not_korean", never),
        safety="an answer in another language is none",
        aim="label",
    ),
    Rule(
        "check: endings",
        "labels endings that are no Korean",
        turn_off("nodes.citing.checks.find_garbled_endings", nobody),
        aim="label",
    ),
)
