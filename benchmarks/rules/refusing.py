"""Rules that refuse an answer, or put a refusal off."""

from functools import partial

from benchmarks.rules.switch import Rule, replace_name, return_empty, return_false
from nodes.state import RunOptions

SELECTIONS_REFUSED = (
    Rule(
        "unknown_name",
        "refuses where no paper speaks of all names in the question",
        replace_name("nodes.small.select.find_unknown_names", return_empty),
    ),
    Rule(
        "names in full",
        "takes supervised fine-tuning for SFT",
        replace_name("language.names._is_written_in_full", return_false),
    ),
    Rule(
        "no_such_unit",
        "refuses where what was found lacks the unit that is asked for",
        replace_name("nodes.question.Question.units", ()),
    ),
)
ANSWERS_REFUSED = (
    Rule(
        "no_amount",
        "refuses an answer without a new figure to a question for an amount",
        replace_name("nodes.small.amounts.lacks_figure", return_false),
    ),
    Rule(
        "off_topic",
        "refuses a figure from a place that is not on what was asked (both parts below)",
        replace_name("nodes.small.amounts.is_off_topic", return_false),
    ),
    Rule(
        "off_topic: term",
        "refuses where a term of the question stands nowhere in what was read",
        replace_name("nodes.small.amounts._lacks_term", return_false),
    ),
    Rule(
        "off_topic: place",
        "refuses where no place with the figure speaks of the subject",
        replace_name("nodes.small.amounts._stands_elsewhere", return_false),
    ),
    Rule(
        "uncertain_figure",
        "refuses a figure that the model was not sure of",
        replace_name("nodes.small.amounts.has_uncertain_figure", return_false),
    ),
    Rule(
        "nothing_confirmed",
        "refuses an answer of which the evidence confirms nothing",
        replace_name("nodes.citing.stream.CitationStream.confirms_nothing", False),
    ),
    Rule(
        "second search",
        "searches once more, with other queries, before it refuses",
        replace_name("graph.run.RunOptions", partial(RunOptions, searches=1)),
    ),
)
