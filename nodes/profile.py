"""The seam between models: the four things that a strong and a small model need done differently.

The graph and its nodes read the same for both. `nodes/strong/` is for models that follow
instructions, `nodes/small/` for those that need code around them; `graph/open.py` chooses once.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol

from langchain_core.messages import AnyMessage

from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, Hit

AnswerLength = Literal["short", "full"]
"""Whether an answer keeps to the point, or tells all that its sources say of it."""

CutReason = Literal["length", "filter", "error"]
"""length: its budget was used up. filter: a content filter of the server's. error: its connection broke."""


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


class ModelProfile(Protocol):
    """How a kind of model is asked."""

    async def understand(self, asked: str, history: Sequence[AnyMessage]) -> Question:
        """Turn a question, with the turns before it, into English that stands alone."""

    async def expand(self, question: Question, *, failed: Sequence[str]) -> Question:
        """Give a question its search queries; after `failed` ones found nothing, others."""

    async def select(
        self, question: Question, passages: Sequence[Hit], *, graded: Set[str]
    ) -> Sequence[Evidence] | Refusal:
        """Pick the words that help to answer; `graded`: ids of passages read before."""

    async def compose(
        self, question: Question, evidence: Sequence[Evidence], *, length: AnswerLength
    ) -> Answer | Refusal:
        """Write the Korean answer, telling the stream writer each piece as it can be shown.

        A model that cannot be asked for a `length` answers as it does.
        """
