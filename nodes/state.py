"""What flows through the graph, and the options that a run may set."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from pydantic import Field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from nodes.profile import AnswerLength, CutReason, DropReason, ReplacedSentence, Strictness
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, Hit
from retrieval.search.hybrid import BM25_WEIGHT

NOTHING_ASKED = Question(asked="", normalised="", english="")

Outcome = Literal["answered", "quoted", "insufficient"]
"""quoted: nothing but the words of sources could be shown."""


@dataclass(kw_only=True)
class Conversation:
    """What a caller sends."""

    messages: Annotated[list[AnyMessage], add_messages]


@dataclass(kw_only=True)
class State(Conversation):
    """The conversation, and the work done on its latest question."""

    question: Question = NOTHING_ASKED
    """The latest question."""

    passages: list[Hit] = field(default_factory=list)
    """What the search found, best first."""

    graded: list[str] = field(default_factory=list)
    """Ids of the passages that were graded for this question."""

    dropped: dict[str, DropReason] = field(default_factory=dict)
    """Why passages found gave no evidence, by their ids."""

    evidence: list[Evidence] = field(default_factory=list)
    """The words of the passages that help to answer."""

    citations: list[Evidence] = field(default_factory=list)
    """The evidence that the answer cites: the n-th is [n]."""

    searches: int = 0
    """How often this question has been searched for."""

    refusal: Refusal | None = None
    """Why grading kept nothing, or why there is no answer."""

    outcome: Outcome | None = None
    """How it ended."""

    cut: CutReason | None = None
    """Why the answer ends before its end."""

    left_out: int = 0
    """How many pieces of evidence the model had no room to read."""

    replaced: list[ReplacedSentence] = field(default_factory=list)
    """The sentences of the model's that gave way to their sources."""


@pydantic_dataclass(kw_only=True)
class RunOptions:
    """What one run may do differently; every field has a default."""

    passages: int = Field(default=8, ge=1, le=200)
    """How many passages a search returns."""

    bm25_weight: float = Field(default=BM25_WEIGHT, ge=0, le=1)
    """The share of BM25 in the fused score; the rest is the vectors'."""

    searches: int = Field(default=2, ge=1, le=5)
    """How often a question is searched for before giving up."""

    length: AnswerLength = "short"
    """How much an answer tells; a small model's are always short."""

    strictness: Strictness = "normal"
    """What becomes of an answer that the papers do not confirm as a whole."""

    papers: list[int] | None = None
    """The papers that may be read at all, by the ids of their documents; unset: all."""
