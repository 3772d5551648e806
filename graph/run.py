"""Run the graph on a question, and tell step by step what happens."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import AnyMessage
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer
from langgraph.graph.state import CompiledStateGraph

from models.embedded.line import begin_question
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from models.tries import begin_tries
from nodes.state import Conversation, RunOptions, State

Graph = CompiledStateGraph[State, RunOptions, Conversation, State]


@dataclass(frozen=True)
class Started:
    """A node has begun its work."""

    node: str


@dataclass(frozen=True)
class Finished:
    """A node has done its work, and this is what it changes in the state."""

    node: str
    update: dict[str, Any]


@dataclass(frozen=True)
class Words:
    """More of the answer; None: it starts over."""

    text: str | None


@dataclass(frozen=True)
class Waiting:
    """Other questions are answered first by a model that runs here; 0: no longer."""

    ahead: int


Event = Started | Finished | Words | Waiting


@dataclass
class Run:
    """One question's way through the graph: what it has found so far, and what that took."""

    state: dict[str, Any] = field(default_factory=dict)
    """The state's fields as the nodes have last set them."""

    seconds: dict[str, float] = field(default_factory=dict)
    """By node (all rounds together), to the first token, and in total."""

    tokens: dict[str, int] = field(default_factory=lambda: {"input": 0, "output": 0})
    """Read and written by the chat model; `thinking`: of those written, what it thought."""

    async def stream(
        self,
        graph: Graph,
        messages: Sequence[AnyMessage],
        *,
        options: RunOptions | None = None,
        thread: str = "",
    ) -> AsyncGenerator[Event, None]:
        """Ask, and yield each node as it starts and finishes, and each piece of the answer.

        Who stops reading closes the stream (`contextlib.aclosing`), else the model goes on.
        Raises UserError for what the user can put right, model faults among it.
        """
        usage = _Usage()
        config: RunnableConfig = {
            "callbacks": [usage],
            "configurable": {"thread_id": thread},
        }
        clock = _Clock(self.seconds)
        begin_tries()
        place = begin_question(_tell_wait)
        try:
            async with aclosing(
                graph.astream(
                    Conversation(messages=list(messages)),
                    config,
                    context=options or RunOptions(),
                    stream_mode=["tasks", "custom"],
                    # A question is remembered when it is answered: each node's state takes long.
                    durability="exit" if graph.checkpointer else None,
                    version="v2",
                )
            ) as parts:  # type: ignore[type-var]
                async for part in parts:
                    if event := _event(part["type"], part["data"]):
                        self._note(event, clock)
                        yield event
        except MODEL_FAULTS as fault:
            raise explain_fault(fault) from fault
        finally:
            place.leave()
            clock.note_total()
            for count in usage.usage_metadata.values():
                self.tokens["input"] += count["input_tokens"]
                self.tokens["output"] += count["output_tokens"]
                if thought := (count.get("output_token_details") or {}).get("reasoning"):
                    self.tokens["thinking"] = self.tokens.get("thinking", 0) + thought

    def _note(self, event: Event, clock: "_Clock") -> None:
        """Keep what an event brings, and when it came."""
        match event:
            case Started(node):
                clock.note_start(node)
            case Finished(node, update):
                clock.note_end(node)
                self.state |= update
            case Words(text) if text:
                clock.note_first_token()


def _tell_wait(ahead: int) -> None:
    """Tell, from amid a node, how many questions are answered before this one."""
    get_stream_writer()({"ahead": ahead})


def _event(kind: str, data: Any) -> Event | None:
    """A part of LangGraph's stream as an event; None for a node that failed, which is raised."""
    if kind == "custom":
        return Waiting(data["ahead"]) if "ahead" in data else Words(data["answer"])
    if "result" not in data:
        return Started(data["name"])
    return None if data["error"] else Finished(data["name"], data["result"])


class _Usage(UsageMetadataCallbackHandler):
    """Counts tokens."""

    run_inline = (
        True  # else each event of each run has a thread hear of it, most of them for nothing
    )


class _Clock:
    """Notes in `seconds` how long each node took, the first token and the whole."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._asked = time.perf_counter()
        self._starts: dict[str, float] = {}

    def note_start(self, node: str) -> None:
        """A node begins now."""
        self._starts[node] = time.perf_counter()

    def note_end(self, node: str) -> None:
        """A node ends now; its seconds are added to those of its earlier rounds."""
        took = time.perf_counter() - self._starts.pop(node)
        self._seconds[node] = self._seconds.get(node, 0.0) + took

    def note_first_token(self) -> None:
        """Words of the answer came now; only the first count."""
        self._seconds.setdefault("first_token", time.perf_counter() - self._asked)

    def note_total(self) -> None:
        """The run ends now."""
        self._seconds["total"] = time.perf_counter() - self._asked
