"""Whether figures that an answer gives are about what was asked for."""

import re
from collections.abc import Sequence, Set

from nodes.figures import values
from retrieval.bm25 import terms
from retrieval.passages import Evidence
from retrieval.tables import caption_of, table_head

# In lower case, no part of a name (phi-3-mini, d_model), and no verb of a Korean sentence (set했어).
WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?:-[a-z]+)*(?![A-Za-z\d_-]|\s?[하했한할해되돼된됐시])")
# A question for an amount, whatever a translation makes of it; and one for something else as well.
AMOUNT = re.compile(r"몇|얼마|how (?:many|much)", re.IGNORECASE)
ELSE = re.compile(r"왜|무엇|무슨|뭐|뭘|뭔|어떤|어떻게|어느|누가|누구|어디|언제|\?.*\?")
# What is answered with a figure, or with a formula.
FIGURE_ASKED = re.compile(r"몇|얼마(?!나)")
FORMULA = re.compile(r"[=^(]|\d")
# The heading of a section inside a passage.
HEADING = re.compile(r"^\d+(?:\.\d+)*\.? [A-Z][^\n]{2,80}$", re.MULTILINE)
# They tell no question from another, or name a place in a paper, a scale or any measure.
COMMON = frozenset(
    terms(
        "model data dataset benchmark task score value number result average table paper training"
        " appendix section experiment accuracy metric performance percent ratio threshold total"
        " thousand million billion trillion"
    )
)
# A stem is short for another from so many letters on (vocab, vocabulary).
SHORTEST = 4


def strays(answer: str, spelt: str, evidence: Sequence[Evidence]) -> bool:
    """Whether an answer to a question for an amount is none, by where its figures stand.

    It has none, or a term of what was asked for stands nowhere in what was read, or the figures
    stand only where none of them does. `spelt` is the question with names and terms in English:
    what a translation cannot lose. A small model that finds no threshold tells another figure.
    """
    if FIGURE_ASKED.search(spelt) and not (ELSE.search(spelt) or FORMULA.search(answer)):
        return True
    new = values(answer) - values(spelt)
    bearing = [piece for piece in evidence if new & values(piece.quote)]
    if not AMOUNT.search(spelt) or not bearing:
        return False
    subject = _subject(spelt)
    read = {one for piece in evidence for one in _told(piece) | _terms(piece.passage.title)}
    lacks_one = not ELSE.search(spelt) and not all(_holds(read, term) for term in subject)
    return lacks_one or not any(_is_about(piece, subject) for piece in bearing)


def _subject(spelt: str) -> set[str]:
    """The stems of a question's words in Latin letters but names, of which a paper speaks all along."""
    return _terms(" ".join(WORD.findall(spelt))) - COMMON


def _is_about(piece: Evidence, subject: Set[str]) -> bool:
    """Whether some word of the subject that not all its paper is about stands around a piece."""
    telling = subject - _terms(piece.passage.title)
    return not telling or any(_holds(_told(piece), term) for term in telling)


def _holds(told: Set[str], term: str) -> bool:
    """Whether a term is among those told, or what it is short for, or short for it."""
    return term in told or any(
        min(len(term), len(one)) >= SHORTEST and (one.startswith(term) or term.startswith(one))
        for one in told
    )


def _told(piece: Evidence) -> set[str]:
    """The stems of a piece, its section, and the head and caption of the table it is a row of."""
    text, section = piece.passage.text, piece.passage.section
    head = table_head(text, piece.start)
    heads = [head, caption_of(text, head)] if head else []
    spans = (text[slice(*span)] for span in heads if span)
    headings = HEADING.findall(text, 0, piece.start)[-1:]
    return _terms("\n".join([*(headings or [section]), piece.quote, *spans]))


def _terms(text: str) -> set[str]:
    return set(terms(text.replace("_", " ")))
