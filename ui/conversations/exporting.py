"""A conversation as Markdown, for notes: what was asked, the answers, their evidence with pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from language.catalogue import write_text
from ui.conversations.answers import Answer, read_answers
from ui.conversations.database import ChatDatabase
from ui.conversations.schema import steps, threads
from ui.page.markdown_text import escape_answer, escape_for_notes
from ui.page.sources import write_markdown


@dataclass(frozen=True)
class Export:
    """A file to be downloaded."""

    name: str
    """Of the conversation."""

    text: str


async def export_conversation(database: ChatDatabase, thread: str, *, user: str) -> Export | None:
    """All questions that were answered, in order; None where there is no such conversation of theirs."""
    async with database.read() as connection:
        theirs = (threads.c.id == thread) & (threads.c.userId == user)
        query = select(threads).where(theirs, threads.c.deletedAt.is_(None))
        kept = (await connection.execute(query)).mappings().first()
        if kept is None:
            return None
        answers = await read_answers(connection, thread, user=user)
        asked = select(steps.c.id, steps.c.output).where(steps.c.threadId == thread)
        said = await connection.execute(asked.where(steps.c.type == "user_message"))
        words = {row.id: row.output for row in said}
    name = kept["name"] or write_text("commands.unnamed")
    return Export(name, _write_file(name, kept["createdAt"], answers, words))


def _write_file(name: str, begun: str, answers: Sequence[Answer], words: Mapping[str, str]) -> str:
    head = f"# {escape_for_notes(name)}\n\n{begun[:10]}"
    parts = [_write_turn(one, words.get(one.question, "")) for one in answers]
    return "\n\n".join([head, *parts]) + "\n"


def _write_turn(answer: Answer, asked: str) -> str:
    """A question in its reader's words, and its answer: links and pictures of a model's do not come alive."""
    told = write_markdown(
        escape_answer(answer.text),
        answer.citations,
        korean={number: escape_answer(text) for number, text in answer.korean.items()},
    )
    return f"## {escape_for_notes(asked or answer.record['question'])}\n\n{told}"
