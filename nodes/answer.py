"""Answer: write Korean from the evidence, with a mark [n] for the n-th source cited."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessageChunk, UsageMetadata
from langgraph.config import get_stream_writer

from models.errors import BadReply
from nodes.cite import Citing, Ties
from nodes.excerpts import excerpts, numbered
from nodes.fallback import INSUFFICIENT, fallback
from nodes.prompts import ANSWER_CITING, ANSWER_PLAIN
from nodes.replies import whole
from nodes.state import State

# Enough of the fixed sentence to know it by, however the model ends it.
REFUSAL = "정보가 부족하여"
# Put where a model was stopped in mid-sentence.
CUT_OFF = "…"


async def answer(
    state: State, *, model: BaseChatModel, embeddings: Embeddings, cites: bool
) -> dict[str, Any]:
    """Write the answer, telling the stream writer each piece of text as it can be shown.

    `cites` says whether the model marks its sources itself; where it doesn't, each sentence
    is tied to the source sentence that bears it.
    """
    prompt = (ANSWER_CITING if cites else ANSWER_PLAIN).invoke(
        {
            "question": state.question,
            "english": state.english,
            "excerpts": (numbered if cites else excerpts)(state.evidence),
            "insufficient": INSUFFICIENT,
        }
    )
    citing = Citing(state.evidence if cites else [], Ties(state.evidence, embeddings))
    async with aclosing(whole(model.astream(prompt))) as chunks:
        text, usage = await _told(chunks, citing)
    if not text:
        raise BadReply("empty answer")
    if REFUSAL in text:
        return await fallback(state)
    message = AIMessage(text, usage_metadata=usage)
    return {"messages": [message], "citations": citing.citations, "outcome": "answered"}


async def _told(
    chunks: AsyncIterator[BaseMessageChunk], citing: Citing
) -> tuple[str, UsageMetadata | None]:
    """Tell the answer while it is written; a retried answer starts over."""
    tell = get_stream_writer()
    tell({"answer": None})
    text, usage, reason = "", None, None
    async for chunk in chunks:
        usage = getattr(chunk, "usage_metadata", None) or usage
        reason = chunk.response_metadata.get("finish_reason") or reason
        if shown := await citing.feed(chunk.text):
            text += shown
            tell({"answer": shown})
    cut = CUT_OFF if reason == "length" else ""
    if rest := await citing.feed(cut) + await citing.close():
        text += rest
        tell({"answer": rest})
    return text.strip(), usage
