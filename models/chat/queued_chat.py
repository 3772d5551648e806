"""A chat model that runs in this process, asked one question after the other."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from langchain_core.outputs import ChatGenerationChunk, ChatResult

from models.chat.metered_chat import MeteredChat
from models.embedded.line import Line


class QueuedChat(MeteredChat):
    """Calls wait for their question's turn."""

    line: Line

    async def _agenerate(self, *args: Any, **kwargs: Any) -> ChatResult:
        async with self.line.hold_turn():
            return await super()._agenerate(*args, **kwargs)

    async def _astream(self, *args: Any, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        async with (
            self.line.hold_turn(),
            aclosing(super()._astream(*args, **kwargs)) as chunks,  # type: ignore[type-var]
        ):
            async for chunk in chunks:
                yield chunk
