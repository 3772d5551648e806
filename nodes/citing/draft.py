"""A draft: an answer while a model writes it, and its last form as a reader sees it."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, BaseMessageChunk
from langgraph.config import get_stream_writer

from models.faults import BadReply, BrokenStream, CallFailed
from models.tries import take_try
from nodes.citing.checks import Fault, says_what_is_missing
from nodes.citing.stream import CitationStream
from nodes.fallback import INSUFFICIENT
from nodes.profile import Answer, CutReason
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
# How servers of different makers call it.
CUT_REASONS: Mapping[str, CutReason] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "filter",
    "safety": "filter",
    "refusal": "filter",
}
# The end of a sentence, with the marks behind it.
SENTENCE_END = re.compile(r"[.!?。][\"'”’)*]*\s*(?:\[[\d, ]*\]\s*)*$")
# How often an answer that breaks off is begun.
TRIES = 3


@dataclass(frozen=True)
class Draft:
    """An answer as the model wrote it and as it can be shown."""

    raw: str
    shown: str
    """What a reader has seen while it, or a draft before it, was written."""

    stream: CitationStream
    cut: CutReason | None = None
    """Why it ends before its end."""

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
    new_stream: Callable[[], CitationStream],
    *,
    is_shown: bool = True,
) -> Draft:
    """Have an answer written; with `is_shown` the reader sees it grow.

    One that breaks off is begun anew; at last it is kept as far as it came, without a sentence that
    has no end. CallFailed where nothing is left of it, or a filter left nothing.
    """
    for further in reversed(range(TRIES)):
        stream = new_stream()
        try:
            draft = await _write_once(model, prompt, stream, is_shown=is_shown)
        except BrokenStream as error:
            if further and take_try():
                continue
            raise CallFailed("the answer broke off") from error
        if draft.cut == "error" and further and take_try():
            continue
        break
    if draft.cut == "filter" and not draft.text:
        raise CallFailed("content filter")
    return draft


async def _write_once(
    model: BaseChatModel, prompt: Sequence[BaseMessage], stream: CitationStream, *, is_shown: bool
) -> Draft:
    """One try at an answer; BrokenStream where it broke off before its first sentence had ended."""
    tell = get_stream_writer() if is_shown else lambda words: None
    tell({"answer": None})  # it starts over
    raw, shown, cut = "", "", None
    try:
        async with aclosing(check_stream(model.astream(prompt))) as chunks:
            async for chunk in chunks:
                cut = read_cut(chunk) or cut
                raw += chunk.text
                if LOOP.search(raw):
                    break
                if words := await stream.add_words(chunk.text):
                    shown += words
                    tell({"answer": words})
    except BrokenStream:
        cut = "error"
        if not stream.stated and not SENTENCE_END.search(raw):
            raise
    if cut in ("filter", "error") and not SENTENCE_END.search(raw):
        stream.drop_unfinished()
        return Draft(raw, shown if is_shown else "", stream, cut)
    end = CUT_OFF if cut == "length" else ""
    if rest := await stream.add_words(end) + await stream.finish_text():
        shown += rest
        tell({"answer": rest})
    return Draft(raw + end, shown if is_shown else "", stream, cut)


def read_cut(chunk: BaseMessageChunk) -> CutReason | None:
    """Why a model's reply ends with this piece before its end, as its server calls it."""
    metadata = chunk.response_metadata
    reason = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "").lower()
    return CUT_REASONS.get(reason)


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
    return Draft(raw, draft.shown, stream, draft.cut)


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
        cut=draft.cut,
        replaced=settled.replaced,
    )
