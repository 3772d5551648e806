"""What readers think of answers: one word each, theirs alone."""

from uuid import uuid4

from chainlit.types import Feedback
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ui.conversations.database import ChatDatabase
from ui.conversations.schema import feedbacks, steps, threads
from ui.ids import is_id


async def keep_feedback(database: ChatDatabase, feedback: Feedback, *, user: str) -> str | None:
    """Keep a reader's word on a step, in place of their last; its id, or None for others' steps."""
    if not is_id(feedback.forId):
        return None
    async with database.write() as connection:
        thread = await _find_thread(connection, feedback.forId, user)
        if thread is None:
            return None
        query = insert(feedbacks).values(
            id=str(uuid4()),
            threadId=thread,
            forId=feedback.forId,
            value=feedback.value,
            comment=feedback.comment,
        )
        query = query.on_conflict_do_update(
            index_elements=["forId"],
            set_={"value": query.excluded.value, "comment": query.excluded.comment},
        )
        return str(await connection.scalar(query.returning(feedbacks.c.id)))


async def drop_feedback(database: ChatDatabase, id: str, *, user: str) -> None:
    """Forget a reader's word; nobody else's."""
    if not is_id(id):
        return
    theirs = select(threads.c.id).where(threads.c.userId == user)
    async with database.write() as connection:
        await connection.execute(
            delete(feedbacks).where(feedbacks.c.id == id, feedbacks.c.threadId.in_(theirs))
        )


async def _find_thread(connection: AsyncConnection, step: str, user: str) -> str | None:
    """The user's conversation in which a step stands."""
    query = select(steps.c.threadId).join(threads, threads.c.id == steps.c.threadId)
    found: str | None = await connection.scalar(
        query.where(steps.c.id == step, threads.c.userId == user)
    )
    return found
