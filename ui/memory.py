"""What one chat remembers: its conversation and the sources it has cited; it goes with the chat."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A source of one of the chat's answers."""

    number: int
    """As its mark says, from 1."""

    answer: Sequence[Evidence]
    """All that the answer cites."""

    @property
    def piece(self) -> Evidence:
        """The words that the mark stands for."""
        return self.answer[self.number - 1]

    @property
    def beside(self) -> dict[int, Evidence]:
        """What the answer cites of this paper, by number."""
        numbered = enumerate(self.answer, start=1)
        return {n: it for n, it in numbered if it.passage.sha256 == self.piece.passage.sha256}


class Memory:
    """A thread of the checkpointer, under a name that no client can choose or guess."""

    def __init__(self, saver: InMemorySaver) -> None:
        self.thread = str(uuid4())
        self.served: dict[str, str] = {}
        """What this chat was given to see, and under which name."""
        self._answers: list[Sequence[Evidence]] = []
        weakref.finalize(self, saver.delete_thread, self.thread)

    def add_cited(self, citations: Sequence[Evidence]) -> int:
        """Keep what an answer cites; returns how many sources were cited before."""
        before = sum(map(len, self._answers))
        self._answers.append(citations)
        return before

    def cited(self, target: object) -> Cited | None:
        """The source that a link in this chat leads to, if it is one."""
        sources = (
            Cited(number=number, answer=answer)
            for answer in self._answers
            for number in range(1, len(answer) + 1)
        )
        targets = {TARGET.format(at): source for at, source in enumerate(sources)}
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
