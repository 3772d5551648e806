"""Rules by which an answer is completed and put into Korean."""

from benchmarks.rules.switch import (
    NEVER,
    Rule,
    first_as_it_is,
    replace_name,
    replace_names,
    return_false,
    return_none,
)

ANSWERS = (
    Rule(
        "whole rows",
        "tells all cells asked for where the model told some",
        replace_name("nodes.small.compose.complete_row", first_as_it_is),
    ),
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
        "yes and no",
        "writes 네 for Yes before translation",
        replace_name("nodes.small.into_korean.YES_AND_NO", {}),
    ),
    Rule(
        "second rendering",
        "renders the answer once more where it loops, repeats the question or is no Korean",
        replace_name("nodes.small.into_korean._is_useless", return_false),
        safety="a reader must not be shown what is no Korean",
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
        replace_name("nodes.small.into_korean.DANGLING", NEVER),
    ),
    Rule(
        "figures rescaled",
        "puts right a figure whose scale alone was lost",
        replace_name("nodes.citing.checks._correct_figures", return_none),
    ),
)
