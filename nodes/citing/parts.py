"""What an answer is made of as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from nodes.citing.checks import Fault
from nodes.profile import ReplacedSentence
from retrieval.passages import Evidence


@dataclass(frozen=True)
class AnswerPart:
    """A stretch of the answer as it is shown, and what is wrong with the sentence that it ends."""

    shown: str
    faults: Sequence[Fault] = ()
    source: Evidence | None = None
    """Where it ends a sentence that states something: what comes nearest to it."""
    row_end: str = ""
    """The stroke behind a row of a table, which marks stand before."""
    told: str = ""
    """Words in place of the sentence where it has no fault, as a source says it."""


@dataclass(frozen=True)
class SettledText:
    """An answer in its last form."""

    text: str
    citations: Sequence[Evidence]
    quotes: int
    """How many of its sentences are a source's own words."""

    sentences: int
    """How many state something, quotes among them."""

    replaced: Sequence[ReplacedSentence] = ()
    """The sentences in whose place it quotes."""
