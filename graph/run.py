"""Run the graph on a question, and tell step by step what happens."""

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import AnyMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from models.errors import MODEL_FAULTS, explained
from nodes.state import Conversation, Knobs, State

Graph = CompiledStateGraph[State, Knobs, Conversation, State]


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
        knobs: Knobs | None = None,
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
        started = last = time.perf_counter()
        try:
            async for part in graph.astream(
                Conversation(messages=list(messages)),
                config,
                context=knobs or Knobs(),
                stream_mode=["updates", "custom"],
                version="v2",
            ):
                now = time.perf_counter()
                if part["type"] == "custom":
                    words = Words(part["data"]["answer"])
                    if words.text:
                        self.seconds.setdefault("first_token", now - started)
                    yield words
                    continue
                if part["type"] != "updates":
                    continue
                for node, update in part["data"].items():
                    self.seconds[node] = self.seconds.get(node, 0.0) + now - last
                    self.state |= update
                    yield Step(node, update)
                last = now
        except MODEL_FAULTS as fault:
            raise explained(fault) from fault
        finally:
            self.seconds["total"] = time.perf_counter() - started
            for count in usage.usage_metadata.values():
                self.tokens["input"] += count["input_tokens"]
                self.tokens["output"] += count["output_tokens"]
