"""Rules that refuse an answer, or put a refusal off."""

from functools import partial

from benchmarks.rules.switch import Rule, never, nobody, turn_off
from nodes.state import RunOptions

SELECTIONS_REFUSED = (
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
)
ANSWERS_REFUSED = (
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
