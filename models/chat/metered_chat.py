"""A chat model whose calls are counted as they end, and refused where the day's budget is spent."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from models.chat.adaptive_chat import AdaptiveChat
from models.chat.calls import Attempts, Call
from models.cost.meter import Meter


class MeteredChat(AdaptiveChat):
    """Counts each reply, those that were no use and asked for again among them."""

    meter: Meter

    async def _agenerate(self, *args: Any, **kwargs: Any) -> ChatResult:
        self.meter.check_budget()
        return await super()._agenerate(*args, **kwargs)

    async def _ask_once(self, call: Call, attempts: Attempts) -> ChatResult:
        result = await super()._ask_once(call, attempts)
        self.meter.add_reply(call.messages, [one.message for one in result.generations])
        return result

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.meter.check_budget()
        pieces: list[BaseMessage] = []
        try:
            async with aclosing(super()._astream(messages, *args, **kwargs)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    pieces.append(chunk.message)
                    yield chunk
        finally:  # a reader may have stopped early, and pays for what was written
            if pieces:
                self.meter.add_reply(messages, pieces)
