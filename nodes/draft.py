"""A draft: an answer while it is written, and the same words shown anew."""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, UsageMetadata
from langgraph.config import get_stream_writer

from nodes.citing.check import says_what_is_missing
from nodes.citing.cite import Citing
from nodes.replies import whole

# Enough of the fixed sentence to know it by, however the model ends it.
REFUSAL = "정보가 부족하여"
# Words that a model goes on repeating.
LOOP = re.compile(r"(\s?[^\W\d_].{5,80}?)\1\1+", re.DOTALL)
# Put where a model was stopped in mid-sentence.
CUT_OFF = "…"


@dataclass(frozen=True)
class Draft:
    """An answer as the model wrote it and as it can be shown."""

    raw: str
    text: str
    usage: UsageMetadata | None
    citing: Citing

    @property
    def refuses(self) -> bool:
        """Whether it says nothing but that the papers hold no answer."""
        says_so = REFUSAL in self.raw or says_what_is_missing(self.raw)
        return says_so and not self.citing.stated


async def write(model: BaseChatModel, prompt: Sequence[BaseMessage], citing: Citing) -> Draft:
    """Tell an answer while it is written; each starts anew what is shown."""
    tell = get_stream_writer()
    tell({"answer": None})
    raw, text, usage, reason = "", "", None, None
    async with aclosing(whole(model.astream(prompt))) as chunks:
        async for chunk in chunks:
            usage = getattr(chunk, "usage_metadata", None) or usage
            reason = chunk.response_metadata.get("finish_reason") or reason
            raw += chunk.text
            if LOOP.search(raw):
                break
            if shown := await citing.feed(chunk.text):
                text += shown
                tell({"answer": shown})
    cut = CUT_OFF if reason == "length" else ""
    if rest := await citing.feed(cut) + await citing.close():
        text += rest
        tell({"answer": rest})
    return Draft(raw + cut, text.strip(), usage, citing)


async def retell(draft: Draft, citing: Citing) -> Draft:
    """The draft's words shown anew, with other marks and labels."""
    text = (await citing.feed(draft.raw) + await citing.close()).strip()
    tell = get_stream_writer()
    tell({"answer": None})
    tell({"answer": text})
    return replace(draft, text=text, citing=citing)
