"""What one chat remembers: its conversation and the sources it has cited; it goes with the chat."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from langchain_core.messages import HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from graph.run import Graph
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, Hit, Passage, RetrieverScore
from retrieval.tables import Line, Table, TableRow
from ui.page.sources import TARGET, add_sources, write_markdown


def new_saver() -> InMemorySaver:
    """A checkpointer that knows the types in the graph's state."""
    known = (Evidence, Hit, RetrieverScore, Line, Passage, Question, Refusal, Table, TableRow)
    return InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=known))


@dataclass(kw_only=True, eq=False)
class Answer:
    """An answer of the chat, with what its reader has asked of its sources since."""

    text: str
    citations: Sequence[Evidence]
    cited_before: int
    """How many sources the answers before it cite."""

    korean: dict[int, str] = field(default_factory=dict)
    """The words of sources in Korean, by number."""

    @property
    def shown(self) -> str:
        """As the chat shows it."""
        return add_sources(
            self.text, self.citations, cited_before=self.cited_before, korean=self.korean
        )

    @property
    def copied(self) -> str:
        """As Markdown for the reader's notes."""
        return write_markdown(self.text, self.citations, korean=self.korean)


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A source of one of the chat's answers."""

    number: int
    """As its mark says, from 1."""

    answer: Answer

    @property
    def piece(self) -> Evidence:
        """The words that the mark stands for."""
        return self.answer.citations[self.number - 1]

    @property
    def beside(self) -> dict[int, Evidence]:
        """What the answer cites of this paper, by number."""
        numbered = enumerate(self.answer.citations, start=1)
        return {n: it for n, it in numbered if it.passage.sha256 == self.piece.passage.sha256}


class Memory:
    """A thread of the checkpointer, under a name that no client can choose or guess."""

    def __init__(self, saver: InMemorySaver) -> None:
        self.thread = str(uuid4())
        self.served: dict[str, str] = {}
        """What this chat was given to see, and under which name."""
        self.answers: list[Answer] = []
        self.busy: list[Answer] = []
        """The answers whose sources are just being put into Korean."""
        weakref.finalize(self, saver.delete_thread, self.thread)

    def add(self, text: str, citations: Sequence[Evidence]) -> Answer:
        """Keep an answer."""
        before = sum(len(answer.citations) for answer in self.answers)
        self.answers.append(Answer(text=text, citations=citations, cited_before=before))
        return self.answers[-1]

    def answer(self, number: object) -> Answer | None:
        """The chat's n-th answer (from 0), if there is one."""
        return dict(enumerate(self.answers)).get(number) if isinstance(number, int) else None

    def cited(self, target: object) -> Cited | None:
        """The source that a link in this chat leads to, if it is one."""
        sources = (
            Cited(number=number, answer=answer)
            for answer in self.answers
            for number in range(1, len(answer.citations) + 1)
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
