"""A chat model that is asked as its server bears: what is refused is left out, and remembered."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any, NoReturn

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import BaseModel, ConfigDict, PrivateAttr

from models.chat.calls import Attempts, Call
from models.chat.capabilities import Capabilities, ModelMemory, Structure, choose_plainer
from models.chat.messages import count_thinking, take_out_thinking
from models.chat.structure import list_structures, read_object
from models.chat.thinking import ThinkingFilter
from models.faults import BadReply, BrokenStream

# As servers call it that a reply was cut off where its budget ended.
CUT_SHORT = "length"
# After so many objects that came in a plainer way than was asked for first, that is how to ask.
STUMBLES = 2
# Where the libraries of different makers put why a reply ends.
REASONS = ("finish_reason", "stop_reason", "done_reason")
# What a server may refuse of a streamed call alone.
STREAMED = frozenset({"stream_options"})

OpenClient = Callable[[Capabilities], BaseChatModel]
"""Opens the client of a model with the parameters that it bears."""


class AdaptiveChat(BaseChatModel):
    """Any chat model in one manner: words without thinking, and faults that were tried again.

    Faults of other libraries than OpenAI's come as CallFailed.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    open_client: OpenClient
    memory: ModelMemory
    parameters: frozenset[str]
    """What the client sends where it is borne."""

    faults: tuple[type[Exception], ...]
    """What the client raises."""

    _stumbles: int = PrivateAttr(default=0)

    @property
    def _llm_type(self) -> str:
        return "adaptive"

    def with_structured_output(  # type: ignore[override]
        self, schema: type[BaseModel], **kwargs: Any
    ) -> Runnable[LanguageModelInput, BaseModel]:
        """An object of the schema; BadReply where the model gives none in any way that it bears."""

        async def ask(given: LanguageModelInput) -> BaseModel:
            asked: Structure | None = None
            for structure in list_structures(schema, self.memory.known.structure):
                if asked == choose_plainer(structure, self.memory.known.structure):
                    continue  # refusals have led to it already
                reply = await self.ainvoke(given, schema=schema, structure=structure)
                known = self.memory.known
                asked = choose_plainer(structure, known.structure)
                if found := read_object(reply, schema, asked):
                    self._note_structure(asked, known)
                    return found
            raise BadReply("no object")

        return RunnableLambda(_refuse_blocking, ask)

    def _note_structure(self, structure: Structure, known: Capabilities) -> None:
        """Remember a way plainer than was known, unless one reply alone was no use: that is chance."""
        if structure != known.structure:
            self._stumbles += 1
        if self._stumbles >= STUMBLES:
            self.memory.learn(replace(known, structure=structure), begun=known)

    def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
        _refuse_blocking(args)

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        *,
        schema: type[BaseModel] | None = None,
        structure: Structure = "schema",
        **kwargs: Any,
    ) -> ChatResult:
        call = Call(messages, stop, kwargs, schema, structure)
        attempts = Attempts(self.memory)
        while True:
            try:
                result = await self._ask_once(call, attempts)
            except self.faults as error:
                await attempts.recover(error, self._list_sent(call, attempts.known))
                continue
            if _has_thought_all(result.generations[0]) and attempts.allow_more_thinking():
                continue
            attempts.keep_learnt()
            return result

    async def _ask_once(self, call: Call, attempts: Attempts) -> ChatResult:
        """One reply, without its thinking."""
        known = attempts.known
        client = self.open_client(known)
        result = await client._agenerate(
            call.write_messages(known), call.stop, **call.write_options(client, known)
        )
        [given] = result.generations
        reply, is_unopened = take_out_thinking(given.message)
        if is_unopened:
            attempts.note_unopened()
        said = ChatGeneration(message=reply, generation_info=given.generation_info)
        return ChatResult(generations=[said], llm_output=result.llm_output)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        call = Call(messages, stop, kwargs)
        attempts = Attempts(self.memory)
        while True:
            written = _WrittenWords(thinks_unopened=attempts.known.thinks_unopened)
            try:
                async for chunk in self._stream_once(call, attempts, written):
                    yield chunk
            except self.faults as error:
                if written.are_shown:
                    raise BrokenStream from error
                await attempts.recover(error, self._list_sent(call, attempts.known) | STREAMED)
                continue
            if written.stopped_thinking and attempts.allow_more_thinking():
                continue
            attempts.keep_learnt()
            return

    async def _stream_once(
        self, call: Call, attempts: Attempts, written: "_WrittenWords"
    ) -> AsyncIterator[ChatGenerationChunk]:
        """One reply as it comes, without its thinking."""
        known = attempts.known
        client = self.open_client(known)
        options = call.write_options(client, known)
        async with aclosing(
            client._astream(call.write_messages(known), call.stop, **options)
        ) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                yield written.add_chunk(chunk)
                if written.are_only_thought:
                    attempts.note_unopened()
                    attempts.keep_learnt()
                    raise BrokenStream("thinking came without its beginning")
        yield written.finish()
        if written.are_shown and not written.has_end:
            raise BrokenStream("the stream ended without its end")

    def _list_sent(self, call: Call, known: Capabilities) -> frozenset[str]:
        """The parameters of a call that a server may refuse."""
        own = frozenset(name for name in self.parameters if known.can_take(name))
        return own | call.list_refusable(known)


class _WrittenWords:
    """What a reply in pieces has come to so far."""

    def __init__(self, *, thinks_unopened: bool) -> None:
        self._thinking = ThinkingFilter(thinks_unopened=thinks_unopened)
        self._reason = ""
        self.are_shown = False
        """Whether a reader has seen any."""

    @property
    def are_only_thought(self) -> bool:
        """Whether what has been shown turns out to be thinking."""
        return self._thinking.is_unopened and self.are_shown

    @property
    def has_end(self) -> bool:
        """Whether the server has said why the reply ends; one that broke down has not."""
        return bool(self._reason)

    @property
    def stopped_thinking(self) -> bool:
        """Whether all of its budget was thought, and nothing said."""
        return self._reason == CUT_SHORT and not self.are_shown

    def add_chunk(self, chunk: ChatGenerationChunk) -> ChatGenerationChunk:
        """The piece with what of its words is said."""
        message = chunk.message
        told = {**message.response_metadata, **(chunk.generation_info or {})}
        self._reason = next((told[name] for name in REASONS if told.get(name)), self._reason)
        words = self._thinking.add_words(message.text)
        self.are_shown |= bool(words)
        said = message.model_copy(update={"content": words})
        return ChatGenerationChunk(message=said, generation_info=chunk.generation_info)

    def finish(self) -> ChatGenerationChunk:
        """The rest of the words, and the tokens that were thought."""
        words = self._thinking.finish()
        self.are_shown |= bool(words)
        thought = count_thinking(None, self._thinking.thought)
        return ChatGenerationChunk(message=AIMessageChunk(content=words, usage_metadata=thought))


def _has_thought_all(reply: ChatGeneration) -> bool:
    """Whether a model has thought all of its budget and said nothing."""
    is_cut = (reply.generation_info or {}).get("finish_reason") == CUT_SHORT
    has_called = isinstance(reply.message, AIMessage) and reply.message.tool_calls
    return is_cut and not reply.message.text.strip() and not has_called


def _refuse_blocking(given: Any) -> NoReturn:
    raise NotImplementedError("the graph is asynchronous")
