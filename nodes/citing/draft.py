"""A draft: an answer while a model writes it, and its last form as a reader sees it."""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langgraph.config import get_stream_writer

from models.faults import BadReply
from nodes.citing.checks import Fault, says_what_is_missing
from nodes.citing.stream import CitationStream
from nodes.fallback import INSUFFICIENT
from nodes.profile import Answer
from nodes.refusal import Refusal
from nodes.replies import check_stream

# Enough of the fixed sentence to know it by, however the model ends it: "정보가 부족하여".
INSUFFICIENT_BEGINS = " ".join(INSUFFICIENT.split()[:2])
# Words that a model goes on repeating. Equal cells of a table and items of a list repeat rightly.
LOOP = re.compile(
    r"(\s?[^\W\d_](?:(?!\n\s*(?:[-*•]|\d+[.)])\s)[^|]){5,80}?)\1\1+",
)
# Put where a model was stopped in mid-sentence.
CUT_OFF = "…"


@dataclass(frozen=True)
class Draft:
    """An answer as the model wrote it and as it can be shown."""

    raw: str
    shown: str
    """What a reader has seen while it, or a draft before it, was written."""

    stream: CitationStream

    @property
    def text(self) -> str:
        """As it is shown in the end."""
        return self.stream.settle_text().text

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong with its sentences."""
        return self.stream.faults

    @property
    def refuses(self) -> bool:
        """Whether it says nothing but that the papers hold no answer."""
        says_so = INSUFFICIENT_BEGINS in self.raw or says_what_is_missing(self.raw)
        return says_so and not self.stream.stated


async def write_draft(
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    stream: CitationStream,
    *,
    is_shown: bool = True,
) -> Draft:
    """Have an answer written; with `is_shown` the reader sees it grow."""
    tell = get_stream_writer() if is_shown else lambda words: None
    tell({"answer": None})  # it starts over
    raw, shown, reason = "", "", None
    async with aclosing(check_stream(model.astream(prompt))) as chunks:
        async for chunk in chunks:
            reason = chunk.response_metadata.get("finish_reason") or reason
            raw += chunk.text
            if LOOP.search(raw):
                break
            if words := await stream.add_words(chunk.text):
                shown += words
                tell({"answer": words})
    cut = CUT_OFF if reason == "length" else ""
    if rest := await stream.add_words(cut) + await stream.finish_text():
        shown += rest
        tell({"answer": rest})
    return Draft(raw + cut, shown if is_shown else "", stream)


def collapse_loops(raw: str, *, cut_off: str = CUT_OFF) -> str:
    """A model's words with what it went on repeating said once, and a sign that it was cut off."""
    return LOOP.sub(rf"\1{cut_off}", raw)


async def cut_loops(draft: Draft, stream: CitationStream) -> Draft:
    """The draft without what its model went on repeating, cited anew by another stream, unseen."""
    raw = collapse_loops(draft.raw)
    if raw == draft.raw:
        return draft
    await stream.add_words(raw)
    await stream.finish_text()
    return Draft(raw, draft.shown, stream)


def finish_answer(draft: Draft) -> Answer | Refusal:
    """The answer, shown anew where the reader has seen other words: once at most.

    BadReply where the model said nothing.
    """
    if draft.refuses:
        return Refusal(rule="model_refused", detail=draft.raw.strip())
    if not draft.text:
        raise BadReply("empty answer")
    if draft.shown.strip() != draft.text:
        tell = get_stream_writer()
        tell({"answer": None})
        tell({"answer": draft.text})
    settled = draft.stream.settle_text()
    return Answer(
        text=settled.text,
        citations=settled.citations,
        is_quoted=0 < settled.quotes == settled.sentences,
    )
