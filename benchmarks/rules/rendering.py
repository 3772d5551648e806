"""Rules by which an answer is completed and put into Korean."""

from benchmarks.rules.switch import (
    Rule,
    first_as_it_is,
    replace_name,
    replace_names,
    return_false,
)
from nodes.small.into_korean import put_into_korean

ANSWERS = (
    Rule(
        "terms in Korean",
        "puts terms of research into Korean before translation",
        replace_name("nodes.small.into_korean.put_terms_in_korean", first_as_it_is),
    ),
    Rule(
        "scales in Korean",
        "writes 38억 for 3.8 billion before translation",
        replace_name("nodes.small.into_korean.put_scales_in_korean", first_as_it_is),
    ),
    Rule(
        "second rendering",
        "renders the answer once more where it loops, repeats the question or is no Korean",
        replace_name("nodes.small.into_korean._is_useless", return_false),
        safety="a reader must not be shown what is no Korean",
    ),
    Rule(
        "sources told",
        "tells an answer without figures by the sentences that it rests on",
        replace_name("nodes.small.compose.render_sources", put_into_korean),
    ),
    Rule(
        "quotes in doubt",
        "quotes the nearest source in place of a figure in doubt",
        replace_name("nodes.small.compose.IN_DOUBT", frozenset()),
    ),
    Rule(
        "loops collapsed",
        "says once what the model went on repeating",
        replace_names(
            {
                "nodes.small.compose.collapse_loops": first_as_it_is,
                "nodes.citing.draft.collapse_loops": first_as_it_is,
            }
        ),
    ),
)
