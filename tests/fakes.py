"""Stand-ins for models and for the processes that read files: a script, bags of words, this process."""

import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import numpy as np
from langchain_core.language_models import BaseChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_core.runnables import Runnable
from pydantic import BaseModel, Field

from nodes.small.profile import SmallProfile
from nodes.strong.profile import StrongProfile
from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import FileLocked
from retrieval.parsing.files import FileReading, read_file
from retrieval.parsing.workers import Passwords, know_no_password


class ScriptedModel(GenericFakeChatModel):
    """A chat model that replies from a script and remembers what it was asked.

    A line of the script is what a node expects back: text, or the object that it asked
    for with `with_structured_output`; an exception is raised. Running out of lines is an error.
    """

    asked: list[str] = Field(default_factory=list)
    disable_streaming: bool | Literal["tool_calling"] = "tool_calling"

    def __init__(self, *script: str | BaseModel | Exception) -> None:
        super().__init__(messages=iter(script))

    def bind_tools(self, tools: Any, **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self.bind(tools=tools)

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
        self.asked.append("\n".join(message.text for message in messages))
        line = next(self.messages, None)
        if line is None:
            raise AssertionError(f"the script has no reply to: {self.asked[-1]}")
        if isinstance(line, Exception):
            raise line
        spoken = type(self).model_construct(messages=iter([_reply(line)]))
        return GenericFakeChatModel._generate(spoken, messages, *args, **kwargs)

    async def _agenerate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
        """Reply in this thread, so that calls side by side keep to the script's order."""
        return self._generate(messages)

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        """Stream in this thread, as real models do: one thread a token would cost more than all else."""
        for chunk in self._stream(messages):
            yield chunk


def _reply(line: str | BaseModel) -> AIMessage:
    if isinstance(line, str):
        return AIMessage(line)
    call = {"name": type(line).__name__, "args": line.model_dump(), "id": "call"}
    return AIMessage("", tool_calls=[call])


class FakeEmbeddings(QueryEmbeddings):
    """Bags of words as vectors of unit length: texts that share words are near."""

    SIZE = 1024
    WORD = re.compile(r"[a-z]+|\d+|[가-힣]+")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.zeros(self.SIZE)
        for word in self.WORD.findall(text.lower()) or [""]:
            vector[crc32(word.encode()) % self.SIZE] += 1
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit


def strong(model: BaseChatModel) -> StrongProfile:
    """A strong profile over bags of words."""
    return StrongProfile(model, embeddings=FakeEmbeddings())


def small(model: BaseChatModel) -> SmallProfile:
    """A small profile over bags of words."""
    return SmallProfile(model, embeddings=FakeEmbeddings())


class ReadsHere:
    """Reads files in this process, with the first password that there is."""

    def __init__(self, paths: Iterable[Path], *, passwords: Passwords = know_no_password) -> None:
        self._passwords = passwords

    def __enter__(self) -> "ReadsHere":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def read_file(self, path: Path) -> FileReading:
        try:
            return read_file(path)
        except FileLocked:
            return read_file(path, self._passwords(path, 0) or "")
