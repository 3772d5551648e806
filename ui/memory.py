"""What one chat remembers: its conversation and the sources it has cited; it goes with the chat."""

import weakref
from collections.abc import Sequence
from uuid import uuid4

from langchain_core.messages import HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from graph.run import Graph
from retrieval.passages import Evidence, Hit, Leg, Passage
from ui.sources import TARGET


def new_saver() -> InMemorySaver:
    """A checkpointer that knows the types in the graph's state."""
    known = (Evidence, Hit, Leg, Passage)
    return InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=known))


class Memory:
    """A thread of the checkpointer, under a name that no client can choose or guess."""

    def __init__(self, saver: InMemorySaver) -> None:
        self.thread = str(uuid4())
        self.served: dict[str, str] = {}
        """The papers that this chat was given, by sha256, and under which name."""
        self._cited: list[Evidence] = []
        weakref.finalize(self, saver.delete_thread, self.thread)

    def add_cited(self, citations: Sequence[Evidence]) -> int:
        """Keep what an answer cites; returns how many sources were cited before."""
        before = len(self._cited)
        self._cited += citations
        return before

    def cited(self, target: object) -> Evidence | None:
        """The source that a link in this chat leads to, if it is one."""
        targets = {TARGET.format(at): piece for at, piece in enumerate(self._cited)}
        return targets.get(target) if isinstance(target, str) else None

    async def forget_unanswered(self, graph: Graph) -> None:
        """Drop a last question that failed or was stopped: the next must not lean on it."""
        config: RunnableConfig = {"configurable": {"thread_id": self.thread}}
        messages = (await graph.aget_state(config)).values.get("messages", [])
        unanswered = [
            RemoveMessage(message.id)
            for message in messages[-1:]
            if isinstance(message, HumanMessage) and message.id
        ]
        if unanswered:
            await graph.aupdate_state(config, {"messages": unanswered}, as_node="fallback")
