"""Whether figures that an answer gives are about what was asked for."""

import re
from collections.abc import Iterable, Sequence

from nodes.figures import values
from retrieval.bm25 import terms
from retrieval.passages import Evidence
from retrieval.tables import caption_of, table_head

# In lower case, and no part of a name (phi-3-mini, d_model).
WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?:-[a-z]+)*(?![A-Za-z\d_-])")
# A question for an amount, whatever a translation makes of it.
AMOUNT = re.compile(r"몇|얼마|how (?:many|much)", re.IGNORECASE)
# They tell no question from another.
COMMON = frozenset(
    terms(
        "model data dataset benchmark task score value number result average table paper training"
    )
)


def strays(answer: str, spelt: str, evidence: Sequence[Evidence]) -> bool:
    """Whether an answer's figures stand only where nothing of what was asked for does.

    `spelt` is the question with names and terms in English: what a translation cannot lose. A
    small model that finds no threshold tells some other figure of the paper.
    """
    new = values(answer) - values(spelt)
    bearing = [piece for piece in evidence if new & values(piece.quote)]
    if not AMOUNT.search(spelt) or not bearing:
        return False
    return not any(_is_about(piece, _subject(spelt)) for piece in bearing)


def _subject(spelt: str) -> set[str]:
    """The stems of a question's words in Latin letters but names, of which a paper speaks all along."""
    return _terms(" ".join(WORD.findall(spelt))) - COMMON


def _is_about(piece: Evidence, subject: Iterable[str]) -> bool:
    """Whether some word of the subject that not all its paper is about stands around a piece."""
    passage = piece.passage
    head = table_head(passage.text, piece.start)
    heads = [head, caption_of(passage.text, head)] if head else []
    told = [passage.section, piece.quote, *(passage.text[slice(*span)] for span in heads if span)]
    telling = set(subject) - _terms(passage.title)
    return not telling or bool(telling & _terms("\n".join(told)))


def _terms(text: str) -> set[str]:
    return set(terms(text.replace("_", " ")))
