"""Run the graph on a question, and tell step by step what happens."""

import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import AnyMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from models.errors import MODEL_FAULTS, explained
from nodes.state import Conversation, RunOptions, State

Graph = CompiledStateGraph[State, RunOptions, Conversation, State]


@dataclass(frozen=True)
class Step:
    """A node has finished."""

    node: str
    update: dict[str, Any]


@dataclass(frozen=True)
class Words:
    """More of the answer; None: it starts over."""

    text: str | None


@dataclass
class Run:
    """One question's way through the graph: what it has found so far, and what that took."""

    state: dict[str, Any] = field(default_factory=dict)
    """The state's fields as the nodes have last set them."""

    seconds: dict[str, float] = field(default_factory=dict)
    """By node (all rounds together), to the first token, and in total."""

    tokens: dict[str, int] = field(default_factory=lambda: {"input": 0, "output": 0})

    async def stream(
        self,
        graph: Graph,
        messages: Sequence[AnyMessage],
        *,
        options: RunOptions | None = None,
        thread: str = "",
    ) -> AsyncIterator[Step | Words]:
        """Ask, and yield each finished step and each piece of the answer.

        Raises UserError for what the user can put right, model faults among it.
        """
        usage = UsageMetadataCallbackHandler()
        config: RunnableConfig = {
            "callbacks": [usage],
            "configurable": {"thread_id": thread},
        }
        clock = _Clock(self.seconds)
        try:
            async for part in graph.astream(
                Conversation(messages=list(messages)),
                config,
                context=options or RunOptions(),
                stream_mode=["updates", "custom"],
                version="v2",
            ):
                if part["type"] == "custom":
                    yield clock.heard(Words(part["data"]["answer"]))
                elif part["type"] == "updates":
                    clock.finished(part["data"])
                    for node, update in part["data"].items():
                        self.state |= update
                        yield Step(node, update)
        except MODEL_FAULTS as fault:
            raise explained(fault) from fault
        finally:
            clock.stop()
            for count in usage.usage_metadata.values():
                self.tokens["input"] += count["input_tokens"]
                self.tokens["output"] += count["output_tokens"]


class _Clock:
    """Notes in `seconds` how long each node took, the first token and the whole."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._started = self._last = time.perf_counter()

    def heard(self, words: Words) -> Words:
        """Note the first words of the answer."""
        if words.text:
            self._seconds.setdefault("first_token", time.perf_counter() - self._started)
        return words

    def finished(self, nodes: Iterable[str]) -> None:
        """Note that nodes have finished which began when the ones before them had."""
        now = time.perf_counter()
        for node in nodes:
            self._seconds[node] = self._seconds.get(node, 0.0) + now - self._last
        self._last = now

    def stop(self) -> None:
        """Note the whole."""
        self._seconds["total"] = time.perf_counter() - self._started
