"""Ask a model and insist on a reply that can be used."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, TypeVar

import openai
from langchain_core.messages import BaseMessage, BaseMessageChunk
from langchain_core.runnables import Runnable

from models.faults import BadReply, BrokenStream

Reply = TypeVar("Reply")

MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)](?=\s))\s*")


async def ask_model(chain: Runnable[dict[str, Any], Reply], values: dict[str, Any]) -> Reply:
    """A model's reply; BadReply where it cannot be parsed, or holds no choices."""
    try:
        return await chain.ainvoke(values)
    except ValueError as error:
        raise BadReply("malformed reply") from error


async def ask_for_message(
    chain: Runnable[dict[str, Any], BaseMessage], values: dict[str, Any]
) -> BaseMessage:
    """A model's reply with all that the server told of it; BadReply where it has no words."""
    message = await ask_model(chain, values)
    if not message.text.strip():
        raise BadReply("empty reply")
    return message


async def ask_for_text(chain: Runnable[dict[str, Any], BaseMessage], values: dict[str, Any]) -> str:
    """The words of a model's reply; BadReply where there are none."""
    return (await ask_for_message(chain, values)).text.strip()


async def ask_for_lines(
    chain: Runnable[dict[str, Any], BaseMessage], values: dict[str, Any]
) -> list[str]:
    """The lines of a reply, without list marks, quotes and repetitions; BadReply for none."""
    lines = [
        MARKER.sub("", line).strip(' "')
        for line in (await ask_for_text(chain, values)).splitlines()
    ]
    different = list(dict.fromkeys(filter(None, lines)))
    if not different:
        raise BadReply("no lines")
    return different


async def check_stream(
    chunks: AsyncIterator[BaseMessageChunk],
) -> AsyncGenerator[BaseMessageChunk, None]:
    """A model's stream; BrokenStream where it breaks off, BadReply where it cannot be parsed."""
    begun = False
    try:
        async for chunk in chunks:
            begun = True
            yield chunk
    except ValueError as error:
        raise BadReply("malformed stream") from error
    except TimeoutError as error:  # of LangChain's own clock, between two pieces
        raise BrokenStream from error
    except openai.APITimeoutError:
        raise
    except openai.APIConnectionError as error:
        if not begun:  # the client has tried again already
            raise
        raise BrokenStream from error
