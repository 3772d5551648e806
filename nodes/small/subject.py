"""Whether figures that an answer gives are about what was asked for."""

import re
from collections.abc import Sequence, Set

from language.figures import asks_amount, values
from language.terms import terms
from retrieval.passages import Evidence

# In lower case, no part of a name (phi-3-mini, d_model), and no verb of a Korean sentence (set했어).
WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?:-[a-z]+)*(?![A-Za-z\d_-]|\s?[하했한할해되돼된됐시])")
# The heading of a section inside a passage.
HEADING = re.compile(r"^\d+(?:\.\d+)*\.? [A-Z][^\n]{2,80}(?<![.:;,])$", re.MULTILINE)
# They tell no question from another, or name a place in a paper, a scale or any measure.
COMMON = frozenset(
    terms(
        "model data dataset benchmark task score value number result average table paper training"
        " appendix section experiment accuracy metric performance percent ratio threshold total"
        " thousand million billion trillion fewshot zeroshot"
    )
)
# A stem is short for another from so many letters on (vocab, vocabulary).
SHORTEST = 4


def strays(answer: str, spelt: str, evidence: Sequence[Evidence]) -> bool:
    """Whether an answer to a question for an amount is none, by where its figures stand.

    A term of what was asked for stands nowhere in what was read, or the figures stand only where
    none of them does. `spelt` is the question with names and terms in English: what a translation
    cannot lose. A small model that finds no threshold tells another figure.
    """
    new = values(answer) - values(spelt)
    bearing = [piece for piece in evidence if new & values(piece.quote)]
    if not asks_amount(spelt) or not bearing:
        return False
    subject = _subject(spelt, evidence)
    read = set[str]().union(*map(_told, evidence), *(_terms(one.passage.title) for one in evidence))
    lacks_one = asks_amount(spelt, alone=True) and not all(_holds(read, word) for word in subject)
    return lacks_one or not any(_is_about(piece, subject) for piece in bearing)


def _subject(spelt: str, evidence: Sequence[Evidence]) -> list[str]:
    """A question's words in Latin letters but names, of which a paper speaks all along: no rag, RAG."""
    papers = "\n".join(piece.passage.searched for piece in evidence)
    words = (word for word in WORD.findall(spelt) if _squeezed(word) - COMMON)
    return [word for word in words if not re.search(rf"\b{word.upper()}", papers)]


def _is_about(piece: Evidence, subject: Sequence[str]) -> bool:
    """Whether some word of the subject that not all its paper is about stands around a piece."""
    title, told = _terms(piece.passage.title), _told(piece)
    telling = [word for word in subject if not _holds(title, word)]
    return not telling or any(_holds(told, word) for word in telling)


def _holds(told: Set[str], word: str) -> bool:
    """Whether a word is among the stems told: as one (pretraining), or by its parts (pre-training)."""
    return any(
        all(_holds_stem(told, stem) for stem in stems) for stems in (_squeezed(word), _terms(word))
    )


def _holds_stem(told: Set[str], stem: str) -> bool:
    """Whether a stem is told, or what it is short for, or short for it."""
    return stem in told or any(
        min(len(stem), len(one)) >= SHORTEST and (one.startswith(stem) or stem.startswith(one))
        for one in told
    )


def _told(piece: Evidence) -> set[str]:
    """The stems of a piece, its section, and the head and caption of the table it is a row of."""
    table = piece.passage.table_at(piece.start)
    around = [line.text for line in (table.head, table.caption) if line] if table else []
    headings = HEADING.findall(piece.passage.text, 0, piece.start)[-1:]
    told = "\n".join([piece.passage.section, *headings, piece.quote, *around])
    return _terms(told) | _squeezed(told)


def _terms(text: str) -> set[str]:
    return set(terms(text.replace("_", " ")))


def _squeezed(text: str) -> set[str]:
    """The stems of a text whose hyphens are left out."""
    return _terms(text.replace("-", ""))
