"""The rules of the answering path, for a small model, and how each is switched off.

A switch patches the product's own functions and constants; a name that is gone is an error.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal
from unittest.mock import patch

from language.quotes import Span
from language.sentences import find_sentences
from nodes.excerpts import write_excerpts
from nodes.question import Question
from nodes.small.prompts import TRANSLATE
from nodes.state import RunOptions
from retrieval.passages import Evidence
from retrieval.tables import Line, Table

NEVER = re.compile(r"(?!)")
ALWAYS = re.compile("")

Switch = Callable[[], AbstractContextManager[Any]]
"""Makes what switches a rule off, for as long as it is entered."""

Aim = Literal["answer", "citation", "label"]
"""What a rule is for: the right answer or refusal, the right page, or a label on what is wrong."""


@dataclass(frozen=True)
class Rule:
    """One rule: what it does, how it is switched off, and why it may stay whatever it is worth."""

    name: str
    does: str
    switch: Switch
    safety: str = ""
    """A reason that no figure of right and wrong answers tells."""

    aim: Aim = "answer"


def replace_names(values: Mapping[str, Any]) -> Switch:
    """What puts a value in the place of each name, and the product's own back in the end."""

    @contextmanager
    def switch() -> Iterator[None]:
        with ExitStack() as stack:
            for name, value in values.items():
                stack.enter_context(patch(name, value))
            yield

    return switch


def turn_off(name: str, value: Any) -> Switch:
    """The same for one name."""
    return replace_names({name: value})


def never(*args: Any, **kwargs: Any) -> bool:
    """A test that nothing meets."""
    return False


async def never_later(*args: Any, **kwargs: Any) -> bool:
    """The same of a test that is awaited."""
    return False


def always(*args: Any, **kwargs: Any) -> bool:
    """A test that all meets."""
    return True


def nothing(*args: Any, **kwargs: Any) -> None:
    """Finds none."""


def nobody(*args: Any, **kwargs: Any) -> list[Any]:
    """Finds no single one."""
    return []


def first_as_it_is(first: Any, *args: Any, **kwargs: Any) -> Any:
    """The first argument, unchanged."""
    return first


def second_as_it_is(first: Any, second: Any, *args: Any) -> Any:
    """The second argument, unchanged."""
    return second


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


REFUSALS = (
    Rule(
        "unknown_name",
        "refuses where no paper speaks of all names in the question",
        turn_off("nodes.small.select.find_unknown_names", nobody),
    ),
    Rule(
        "names in full",
        "takes supervised fine-tuning for SFT",
        turn_off("language.names._is_written_in_full", never),
    ),
    Rule(
        "no_such_unit",
        "refuses where what was found lacks the unit that is asked for",
        turn_off("nodes.question.Question.units", ()),
    ),
    Rule(
        "no_amount",
        "refuses an answer without a new figure to a question for an amount",
        turn_off("nodes.small.amounts.lacks_figure", never),
    ),
    Rule(
        "off_topic",
        "refuses a figure from a place that is not on what was asked (both parts below)",
        turn_off("nodes.small.amounts.is_off_topic", never),
    ),
    Rule(
        "off_topic: term",
        "refuses where a term of the question stands nowhere in what was read",
        turn_off("nodes.small.amounts._lacks_term", never),
    ),
    Rule(
        "off_topic: place",
        "refuses where no place with the figure speaks of the subject",
        turn_off("nodes.small.amounts._stands_elsewhere", never),
    ),
    Rule(
        "uncertain_figure",
        "refuses a figure that the model was not sure of",
        turn_off("nodes.small.amounts.has_uncertain_figure", never),
    ),
    Rule(
        "nothing_confirmed",
        "refuses an answer of which the evidence confirms nothing",
        turn_off("nodes.citing.stream.CitationStream.confirms_nothing", False),
    ),
    Rule(
        "second search",
        "searches once more, with other queries, before it refuses",
        turn_off("graph.run.RunOptions", partial(RunOptions, searches=1)),
    ),
)

QUESTIONS = (
    Rule(
        "second translation",
        "translates by two prompts, answers the nearer one and searches for both",
        turn_off("nodes.small.understand.PROMPTS", (TRANSLATE,)),
    ),
    Rule(
        "titles told",
        "tells the translating model the titles of the papers",
        turn_off("nodes.small.understand.list_titles", lambda titles, question: ""),
    ),
    Rule(
        "glossary in the question",
        "puts terms of research into English before translation",
        turn_off("language.normalise._put_terms_in_english", first_as_it_is),
    ),
    Rule(
        "names of titles",
        "puts names in Hangul into the spelling of titles",
        turn_off("language.normalise._replace_titled_names", first_as_it_is),
    ),
    Rule(
        "names by sound",
        "puts names in Hangul into the spelling of the library's words",
        turn_off("language.normalise._replace_heard_names", first_as_it_is),
    ),
    Rule(
        "spoken versions",
        "writes Gemma 2 for Gemma 투",
        turn_off("language.normalise._put_versions_in_digits", first_as_it_is),
    ),
    Rule(
        "numbers in words",
        "writes 15 for 열다섯",
        turn_off("language.normalise._put_numerals_in_digits", first_as_it_is),
    ),
    Rule(
        "scales in English",
        "writes 7 trillion for 7조",
        turn_off("language.normalise._put_scales_in_english", first_as_it_is),
    ),
    Rule(
        "glossary in BM25",
        "searches for the English of the question's Korean terms",
        turn_off("language.glossary.Glossary.list_english", nobody),
    ),
    Rule(
        "loanwords in BM25",
        "searches for the English words that its Hangul sounds like",
        turn_off("language.loanwords.Loanwords.list_english", nobody),
    ),
)

EVIDENCE = (
    Rule(
        "papers with all names",
        "reads only papers that speak of every name in the question",
        turn_off("nodes.small.select._keep_papers_on_names", second_as_it_is),
    ),
    Rule(
        "weight of passages",
        "counts how well a window's passage was found",
        turn_off("nodes.small.select.PASSAGE_WEIGHT", 0.0),
    ),
    Rule(
        "weight against others",
        "counts against papers that the question does not name by title",
        turn_off("nodes.small.select.ELSEWHERE_WEIGHT", 0.0),
    ),
    Rule(
        "weight of cells",
        "counts that a row and a column of a window are asked about",
        turn_off("nodes.small.select.CELL_WEIGHT", 0.0),
    ),
    Rule(
        "weight of places",
        "counts that a window is of the table or figure named by number",
        turn_off("nodes.small.select.PLACE_WEIGHT", 0.0),
    ),
    Rule(
        "captions in scores",
        "scores a row with the caption and heads of its table",
        turn_off("nodes.small.select._write_with_table_head", quote_alone),
    ),
    Rule(
        "rows asked about",
        "reads of a table only the heads, the caption and the rows asked about",
        turn_off("nodes.small.select._choose_sentences", whole_sentences),
    ),
    Rule(
        "leaning sentences",
        "reads the sentence before one that begins with This or However",
        turn_off("nodes.small.select.LEANS", NEVER),
    ),
    Rule(
        "behind the best",
        "reads the sentence behind the best window",
        turn_off("nodes.small.select._reads_on", read_on_for_reasons),
    ),
    Rule(
        "reasons",
        "where why is asked, reads behind each window and counts no cells",
        turn_off("nodes.question.Question.asks_why", False),
    ),
    Rule(
        "orders left out",
        "passes over sentences that give orders to the reader",
        turn_off("nodes.small.select.is_order", never),
        safety="papers must not steer the answer",
    ),
)

EXCERPTS = (
    Rule(
        "columns asked for",
        "writes of a row only the columns that are asked for by name",
        turn_off("nodes.small.compose.write_excerpts", all_columns),
    ),
    Rule(
        "values behind heads",
        "writes each value of a row behind its column's head",
        turn_off("nodes.excerpts._find_paired_row", nothing),
    ),
    Rule(
        "captions first",
        "writes a table's caption before the first of its rows",
        turn_off("nodes.excerpts._find_captions", no_captions),
    ),
    Rule(
        "headings marked",
        "marks headings, and leaves out those with nothing behind them",
        turn_off("nodes.excerpts.BARE_HEADING", NEVER),
    ),
    Rule(
        "stray lines",
        "leaves out page numbers, ticks and values without a label",
        turn_off("nodes.excerpts.HAS_WORD", ALWAYS),
    ),
)

ANSWERS = (
    Rule(
        "whole rows",
        "tells all cells asked for where the model told some",
        turn_off("nodes.small.compose.complete_row", first_as_it_is),
    ),
    Rule(
        "terms in Korean",
        "puts terms of research into Korean before translation",
        turn_off("nodes.small.into_korean.put_terms_in_korean", first_as_it_is),
    ),
    Rule(
        "scales in Korean",
        "writes 38억 for 3.8 billion before translation",
        turn_off("nodes.small.into_korean.put_scales_in_korean", first_as_it_is),
    ),
    Rule(
        "yes and no",
        "writes 네 for Yes before translation",
        turn_off("nodes.small.into_korean.YES_AND_NO", {}),
    ),
    Rule(
        "second rendering",
        "renders the answer once more, for either reason below",
        replace_names(
            {
                "nodes.small.into_korean._is_useless": never,
                "nodes.small.into_korean._has_lost_meaning": never_later,
            }
        ),
    ),
    Rule(
        "second rendering: useless",
        "once more where it loops, repeats the question or is no Korean",
        turn_off("nodes.small.into_korean._is_useless", never),
    ),
    Rule(
        "second rendering: meaning",
        "once more where it lies far from its English",
        turn_off("nodes.small.into_korean._has_lost_meaning", never_later),
    ),
    Rule(
        "loops collapsed",
        "says once what the model went on repeating",
        replace_names(
            {
                "nodes.small.compose.collapse_loops": first_as_it_is,
                "nodes.small.into_korean.collapse_loops": first_as_it_is,
            }
        ),
    ),
    Rule(
        "dangling end cut",
        "cuts off an end that announces what never comes",
        turn_off("nodes.small.into_korean.DANGLING", NEVER),
    ),
    Rule(
        "figures rescaled",
        "puts right a figure whose scale alone was lost",
        turn_off("nodes.citing.checks._correct_figures", nothing),
    ),
)

UNCONFIRMED = "tells the reader what no source confirms"
CITATIONS = (
    Rule(
        "cited by the English",
        "ties a sentence to its source by the English too",
        turn_off("nodes.citing.attribution.Attribution.for_translation", first_as_it_is),
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

RULES = (*REFUSALS, *QUESTIONS, *EVIDENCE, *EXCERPTS, *ANSWERS, *CITATIONS)
