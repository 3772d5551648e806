"""Rules by which a question is put into English, and searched for."""

from benchmarks.rules.switch import Rule, first_as_it_is, replace_name, return_empty
from nodes.small.prompts import TRANSLATE

QUESTIONS = (
    Rule(
        "second translation",
        "translates by two prompts, answers the nearer one and searches for both",
        replace_name("nodes.small.understand.PROMPTS", (TRANSLATE,)),
    ),
    Rule(
        "titles told",
        "tells the translating model the titles of the papers",
        replace_name("nodes.small.understand.write_titles", lambda titles, question: ""),
    ),
    Rule(
        "glossary in the question",
        "puts terms of research into English before translation",
        replace_name("language.normalise._put_terms_in_english", first_as_it_is),
    ),
    Rule(
        "names by sound",
        "puts names in Hangul into the spelling of the library's words",
        replace_name("language.normalise._replace_heard_names", first_as_it_is),
    ),
    Rule(
        "scales in English",
        "writes 7 trillion for 7조",
        replace_name("language.normalise._put_scales_in_english", first_as_it_is),
    ),
)
SEARCHING = (
    Rule(
        "glossary in BM25",
        "searches for the English of the question's Korean terms",
        replace_name("language.glossary.Glossary.list_english", return_empty),
    ),
    Rule(
        "loanwords in BM25",
        "searches for the English words that its Hangul sounds like",
        replace_name("language.loanwords.Loanwords.list_english", return_empty),
    ),
)
