"""Ask a model and insist on a reply that can be used."""

from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable

from models.errors import BadReply


async def reply_text(chain: Runnable[dict[str, Any], BaseMessage], values: dict[str, Any]) -> str:
    """The words of a model's reply; BadReply where there are none."""
    text = (await chain.ainvoke(values)).text.strip()
    if not text:
        raise BadReply("empty reply")
    return text
