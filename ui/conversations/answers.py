"""The answers of a conversation with their evidence, as they were given: in memory and in chats.db."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from retrieval.passages import Evidence
from ui.conversations.schema import answers, threads
from ui.page.sources import add_sources, write_markdown

EVIDENCE = TypeAdapter(list[Evidence])


@dataclass(kw_only=True, eq=False)
class Answer:
    """An answer of the chat, with what its reader has asked of its sources since."""

    id: str
    """Of the message that shows it."""

    question: str
    """The id of the message that asked."""

    text: str
    citations: Sequence[Evidence]
    cited_before: int
    """How many sources the answers before it cite."""

    record: Mapping[str, Any]
    """How it came about, as `munheon ask --json` tells."""

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

    @property
    def is_search(self) -> bool:
        """Whether it shows what a search found, and answers nothing."""
        return bool(self.record["outcome"] == "search")

    @property
    def is_cut(self) -> bool:
        """Whether it ends before its end."""
        return "cut" in self.record


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


async def keep_answer(
    connection: AsyncConnection, answer: Answer, *, thread: str, position: int
) -> None:
    """Keep an answer as the conversation's n-th (from 0)."""
    await connection.execute(
        insert(answers).values(
            id=answer.id,
            threadId=thread,
            question=answer.question,
            position=position,
            text=answer.text,
            citations=EVIDENCE.dump_python(list(answer.citations), mode="json"),
            korean={},
            record=dict(answer.record),
        )
    )


async def keep_korean(connection: AsyncConnection, answer: Answer) -> None:
    """Keep what an answer's sources say in Korean, as far as they were asked for."""
    query = update(answers).where(answers.c.id == answer.id)
    await connection.execute(query.values(korean={str(n): it for n, it in answer.korean.items()}))


async def read_answers(connection: AsyncConnection, thread: str, *, user: str) -> list[Answer]:
    """The answers of a user's conversation, in order; none where it is somebody else's."""
    theirs = (threads.c.id == answers.c.threadId) & (threads.c.userId == user)
    query = select(answers).join(threads, theirs).where(answers.c.threadId == thread)
    query = query.order_by(answers.c.position)
    found: list[Answer] = []
    for row in (await connection.execute(query)).mappings():
        cited_before = found[-1].cited_before + len(found[-1].citations) if found else 0
        found.append(
            Answer(
                id=row["id"],
                question=row["question"],
                text=row["text"],
                citations=EVIDENCE.validate_python(row["citations"]),
                cited_before=cited_before,
                record=row["record"],
                korean={int(number): text for number, text in row["korean"].items()},
            )
        )
    return found
