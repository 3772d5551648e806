"""The seam between models: what a strong and a small model need done differently.

The graph and its nodes read the same for both. `nodes/strong/` is for models that follow
instructions, `nodes/small/` for those that need code around them; `graph/open.py` chooses once.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol

from langchain_core.messages import AnyMessage

from nodes.named_papers import PaperCatalogue
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, Hit

AnswerLength = Literal["short", "full"]
"""Whether an answer keeps to the point, or tells all that its sources say of it."""

Strictness = Literal["lenient", "normal", "strict"]
"""What becomes of an answer that is not confirmed: `normal`, the papers' own words stand in for its sentences;
`strict`, it is refused where one of them needed that; `lenient`, what would be refused is quoted."""

CutReason = Literal["length", "filter", "error"]
"""length: its budget was used up. filter: a content filter of the server's. error: its connection broke."""

DropReason = Literal["read_before", "cells_found", "other_paper", "not_named", "not_best"]
"""Why a passage that was found gives no evidence: it was read in an earlier search; cells of tables answer;
its paper does not speak of all that is named; the model named no sentence; others scored better."""


@dataclass(frozen=True, kw_only=True)
class ReplacedSentence:
    """A sentence of a model's that gave way to its source's own words."""

    sentence: str
    faults: Sequence[str]
    """What was wrong with it; nothing where the answer as a whole missed its question."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is said, with marks [n] for the n-th of what it cites."""

    text: str
    citations: Sequence[Evidence]
    is_quoted: bool = False
    """Whether it states nothing in words of our own, but quotes its sources."""
    cut: CutReason | None = None
    """Why it ends before its end."""
    left_out: int = 0
    """How many pieces of evidence, the weakest, the model had no room to read."""
    replaced: Sequence[ReplacedSentence] = ()
    """The sentences in whose place it quotes."""


class ModelProfile(Protocol):
    """How a kind of model is asked."""

    async def understand(
        self, asked: str, history: Sequence[AnyMessage], *, catalogue: PaperCatalogue
    ) -> Question:
        """Turn a question, with the turns before it, into English that stands alone.

        What it is told of papers, their titles and words, is told by the catalogue of this run.
        """

    async def expand(self, question: Question, *, failed: Sequence[str]) -> Question:
        """Give a question its search queries; after `failed` ones found nothing, others."""

    async def select(
        self, question: Question, passages: Sequence[Hit], *, graded: Set[str]
    ) -> Sequence[Evidence] | Refusal:
        """Pick the words that help to answer; `graded`: ids of passages read before."""

    def explain_drops(
        self,
        question: Question,
        passages: Sequence[Hit],
        evidence: Sequence[Evidence],
        *,
        graded: Set[str],
    ) -> Mapping[str, DropReason]:
        """Why passages gave no evidence, by their ids, so far as that is known."""

    async def compose(
        self, question: Question, evidence: Sequence[Evidence], *, length: AnswerLength
    ) -> Answer | Refusal:
        """Write the Korean answer, telling the stream writer each piece as it can be shown.

        A model that cannot be asked for a `length` answers as it does.
        """
