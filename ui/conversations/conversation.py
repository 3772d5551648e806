"""One conversation while it is open: its answers, and the question that is being answered."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from weakref import WeakValueDictionary

from chainlit.session import WebsocketSession
from langchain_core.messages import HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig

from graph.run import Graph
from retrieval.passages import Evidence
from ui.conversations.answers import Answer, Cited, keep_answer, keep_korean, read_answers
from ui.conversations.database import ChatDatabase
from ui.conversations.writing import keep_steps
from ui.page.sources import TARGET


class RunningTurn(Protocol):
    """A question being answered; `ui.page.turn.Turn` is one."""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What it has shown of its steps, as they are now."""

    def stop(self) -> None:
        """Stop it, and the model that works for it."""

    def follow_in(self, session: WebsocketSession) -> None:
        """Show the rest in another tab."""


class Conversation:
    """A conversation, the same for all tabs in which its user has it open."""

    def __init__(
        self, *, thread: str, user: str, answers: list[Answer], database: ChatDatabase
    ) -> None:
        self.thread = thread
        self.answers = answers
        self.busy: list[Answer] = []
        """The answers whose sources are just being put into Korean."""
        self.turn = asyncio.Lock()
        """Held while a question is being answered: one after the other."""
        self.running: RunningTurn | None = None
        """What is being answered at this moment."""
        self._database = database
        self._is_remembered = False
        """Whether the graph is known to remember just what the conversation shows."""
        self.memory = name_memory(thread=thread, user=user)
        """The name under which the graph remembers it."""

    async def add(
        self,
        message: Mapping[str, Any],
        *,
        question: str,
        text: str,
        record: Mapping[str, Any],
        citations: list[Evidence],
        steps: Sequence[Mapping[str, Any]] = (),
    ) -> Answer:
        """Keep an answer, the message that shows it and the steps to it: all or nothing."""
        answer = Answer(
            id=message["id"],
            question=question,
            text=text,
            citations=citations,
            cited_before=sum(len(one.citations) for one in self.answers),
            record=record,
        )
        async with self._database.write() as connection:
            await keep_steps(connection, [*steps, {**message, "output": answer.shown}])
            position = len(self.answers)
            await keep_answer(connection, answer, thread=self.thread, position=position)
        self.answers.append(answer)
        self._is_remembered |= not answer.is_search
        return answer

    async def keep_steps(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Keep the steps of a question that got no answer."""
        if steps:
            async with self._database.write() as connection:
                await keep_steps(connection, steps)

    async def keep_korean(self, answer: Answer) -> None:
        """Keep what an answer's sources say in Korean."""
        async with self._database.write() as connection:
            await keep_korean(connection, answer)

    def answer(self, number: object) -> Answer | None:
        """The n-th answer (from 0), if there is one."""
        return dict(enumerate(self.answers)).get(number) if isinstance(number, int) else None

    def cited(self, target: object) -> Cited | None:
        """The source that a link in this conversation leads to, if it is one."""
        sources = (
            Cited(number=number, answer=answer)
            for answer in self.answers
            for number in range(1, len(answer.citations) + 1)
        )
        targets = {TARGET.format(at): source for at, source in enumerate(sources)}
        return targets.get(target) if isinstance(target, str) else None

    async def forget_unanswered(self, graph: Graph) -> None:
        """Let the graph remember what the conversation shows, no question that failed or was stopped."""
        if self._is_remembered:
            self._is_remembered = False  # until what is asked now is answered
            return
        config: RunnableConfig = {"configurable": {"thread_id": self.memory}}
        answered = {answer.question for answer in self.answers}
        dropped, is_dropped = [], False
        for message in (await graph.aget_state(config)).values.get("messages", []):
            if isinstance(message, HumanMessage):
                is_dropped = message.id not in answered
            if is_dropped:
                dropped.append(RemoveMessage(message.id))
        if dropped:
            await graph.aupdate_state(config, {"messages": dropped}, as_node="fallback")


def name_memory(*, thread: str, user: str) -> str:
    """The name under which the graph remembers a user's conversation."""
    # A thread's name may come from a client: with its user before it, it opens nobody else's.
    return f"{user}:{thread}"


class OpenConversations:
    """The conversations that are open in some tab, each once."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database
        self._open: WeakValueDictionary[tuple[str, str], Conversation] = WeakValueDictionary()

    async def find(self, *, thread: str, user: str) -> Conversation:
        """A user's conversation, with its answers; a new one has none."""
        if found := self._open.get((user, thread)):
            return found
        async with self._database.read() as connection:
            answers = await read_answers(connection, thread, user=user)
        opened = Conversation(thread=thread, user=user, answers=answers, database=self._database)
        # Another tab may have opened it meanwhile.
        return self._open.setdefault((user, thread), opened)
