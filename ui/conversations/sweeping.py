"""Conversations that were deleted: brought back within a week, and after that forgotten."""

from datetime import UTC, datetime, timedelta

from langgraph.checkpoint.base import BaseCheckpointSaver
from sqlalchemy import delete, select, update

from ui.conversations.conversation import name_memory
from ui.conversations.database import ChatDatabase
from ui.conversations.schema import threads
from ui.conversations.writing import write_time

KEPT_FOR = timedelta(days=7)


async def sweep_deleted(database: ChatDatabase, saver: BaseCheckpointSaver[str]) -> None:
    """Forget what was deleted longer ago than a week, and what the graph remembers of it."""
    too_old = threads.c.deletedAt < write_time(datetime.now(UTC) - KEPT_FOR)
    async with database.read() as connection:
        query = select(threads.c.userId, threads.c.id).where(too_old)
        found = (await connection.execute(query)).all()
    for user, thread in found:
        await saver.adelete_thread(name_memory(thread=thread, user=user))
        async with database.write() as connection:
            # What hangs on it goes with it.
            await connection.execute(delete(threads).where(threads.c.id == thread, too_old))


async def restore_deleted(database: ChatDatabase, *, user: str) -> tuple[str, str | None] | None:
    """Bring back the conversation that a user deleted last: its id and name.

    None where there is none any more.
    """
    kept = threads.c.deletedAt >= write_time(datetime.now(UTC) - KEPT_FOR)
    query = select(threads.c.id, threads.c.name).where(threads.c.userId == user, kept)
    async with database.write() as connection:
        last = query.order_by(threads.c.deletedAt.desc(), threads.c.id).limit(1)
        found = (await connection.execute(last)).first()
        if found is None:
            return None
        back = update(threads).where(threads.c.id == found.id)
        await connection.execute(back.values(deletedAt=None))
    return found.id, found.name
