"""Rules by which evidence is chosen and written for the model."""

from collections.abc import Mapping, Sequence

from benchmarks.rules.switch import (
    ALWAYS,
    NEVER,
    Rule,
    replace_name,
    return_false,
    return_none,
    second_as_it_is,
)
from language.quotes import Span
from language.sentences import find_sentences
from nodes.excerpts import write_excerpts
from nodes.question import Question
from retrieval.passages import Evidence
from retrieval.tables import Line, Table


def read_on_for_reasons(question: Question, *, is_best: bool) -> bool:
    """Reads on where reasons are asked for, and not behind the best window."""
    return question.asks_why


def whole_sentences(window: Evidence, asked: frozenset[str]) -> list[Span]:
    """All sentences and rows of a window, whichever are asked about."""
    spans = find_sentences(window.quote)
    return [(window.start + start, window.start + end) for start, end in spans]


def quote_alone(window: Evidence) -> str:
    """A window's own words."""
    return window.quote


def all_columns(evidence: Sequence[Evidence], asked: frozenset[str]) -> str:
    """The excerpts with all columns of their tables."""
    return write_excerpts(evidence)


def no_captions(tables: Mapping[Span, Table]) -> dict[Span, Line]:
    """No caption by any row: those that were found stay where they stand."""
    return {}


EVIDENCE = (
    Rule(
        "papers with all names",
        "reads only papers that speak of every name in the question",
        replace_name("nodes.small.select._keep_papers_on_names", second_as_it_is),
    ),
    Rule(
        "weight of passages",
        "counts how well a window's passage was found",
        replace_name("nodes.small.select.PASSAGE_WEIGHT", 0.0),
    ),
    Rule(
        "weight of cells",
        "counts that a row and a column of a window are asked about",
        replace_name("nodes.small.select.CELL_WEIGHT", 0.0),
    ),
    Rule(
        "weight of places",
        "counts that a window is of the table or figure named by number",
        replace_name("nodes.small.select.PLACE_WEIGHT", 0.0),
    ),
    Rule(
        "captions in scores",
        "scores a row with the caption and heads of its table",
        replace_name("nodes.small.select._write_with_table_head", quote_alone),
    ),
    Rule(
        "rows asked about",
        "reads of a table only the heads, the caption and the rows asked about",
        replace_name("nodes.small.select._choose_sentences", whole_sentences),
    ),
    Rule(
        "leaning sentences",
        "reads the sentence before one that begins with This or However",
        replace_name("nodes.small.select.LEANS", NEVER),
    ),
    Rule(
        "behind the best",
        "reads the sentence behind the best window",
        replace_name("nodes.small.select._reads_on", read_on_for_reasons),
    ),
    Rule(
        "reasons",
        "where why is asked, reads behind each window and counts no cells",
        replace_name("nodes.question.Question.asks_why", False),
    ),
    Rule(
        "orders left out",
        "passes over sentences that give orders to the reader",
        replace_name("nodes.small.select.is_order", return_false),
        safety="papers must not steer the answer",
    ),
)

EXCERPTS = (
    Rule(
        "columns asked for",
        "writes of a row only the columns that are asked for by name",
        replace_name("nodes.small.compose.write_excerpts", all_columns),
    ),
    Rule(
        "values behind heads",
        "writes each value of a row behind its column's head",
        replace_name("nodes.excerpts._find_paired_row", return_none),
    ),
    Rule(
        "captions first",
        "writes a table's caption before the first of its rows",
        replace_name("nodes.excerpts._find_captions", no_captions),
    ),
    Rule(
        "headings marked",
        "marks headings, and leaves out those with nothing behind them",
        replace_name("nodes.excerpts.BARE_HEADING", NEVER),
    ),
    Rule(
        "stray lines",
        "leaves out page numbers, ticks and values without a label",
        replace_name("nodes.excerpts.HAS_WORD", ALWAYS),
    ),
)
