"""How a step gets into a conversation, and a conversation to its user: by nobody else."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any

from chainlit.context import context, context_var
from chainlit.user import PersistedUser
from sqlalchemy import ColumnElement, Select, Table, delete, select, update
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ui.conversations.rows import write_row
from ui.conversations.schema import elements, feedbacks, steps, threads


class NotTheirs(ValueError):
    """A conversation of somebody else."""


def write_time(moment: datetime) -> str:
    """A moment as Chainlit writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def write_now() -> str:
    """This moment as Chainlit writes it."""
    return write_time(datetime.now(UTC))


def find_user() -> PersistedUser:
    """Who is asking; NotTheirs where nobody is signed in."""
    user = context.session.user
    if not isinstance(user, PersistedUser):
        raise NotTheirs
    return user


def list_theirs() -> Select[tuple[str]]:
    """The ids of all conversations of who is asking: a page names any it likes as its own."""
    return select(threads.c.id).where(threads.c.userId == find_user().id)


async def claim_thread(connection: AsyncConnection, thread: str) -> None:
    """Begin a conversation of who is asking, or find that it is theirs; NotTheirs where it isn't."""
    user = find_user()
    found = select(threads.c.userId).where(threads.c.id == thread)
    owner = await connection.scalar(found)
    if owner is None:
        values = {"id": thread, "userId": user.id, "userIdentifier": user.identifier}
        query = insert(threads).values(**values, createdAt=write_now(), updatedAt=write_now())
        await connection.execute(query.on_conflict_do_nothing())
        owner = await connection.scalar(found)
    if owner != user.id:
        raise NotTheirs(thread)


async def change_thread(
    connection: AsyncConnection, thread: str, changed: Mapping[str, Any]
) -> None:
    """Change a conversation: by a socket one of who is asking alone; Chainlit's routes have looked whose it is."""
    wanted = threads.c.id == thread
    if context_var.get(None):
        wanted &= threads.c.id.in_(list_theirs())
    await connection.execute(update(threads).where(wanted).values(**changed))


async def keep_steps(connection: AsyncConnection, kept: Sequence[Mapping[str, Any]]) -> None:
    """Keep steps of one conversation as they are now, if it is of who is asking."""
    thread = kept[0]["threadId"]
    await claim_thread(connection, thread)
    await _keep_rows(connection, steps, kept)
    # Who goes on with a conversation that was deleted wants it back; an answer under way does not.
    is_said = any(step.get("type") == "user_message" for step in kept)
    used = {"updatedAt": write_now(), **({"deletedAt": None} if is_said else {})}
    await connection.execute(update(threads).where(threads.c.id == thread).values(**used))


async def keep_element(connection: AsyncConnection, element: Mapping[str, Any]) -> None:
    """Keep what is shown with a message of the conversation that is under way."""
    thread = context.session.thread_id
    await claim_thread(connection, thread)
    await _keep_rows(connection, elements, [{**element, "threadId": thread}])


async def _keep_rows(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    written = [write_row(table, row) for row in rows]
    for names, alike in groupby(written, key=tuple):
        await connection.execute(_write_upsert(table, names), list(alike))


@cache  # making it takes longer than running it
def _write_upsert(table: Table, names: Sequence[str]) -> Insert:
    """Write a row or change it, but for one of another conversation: clients choose some ids."""
    query = insert(table)
    return query.on_conflict_do_update(
        index_elements=["id"],
        set_={name: query.excluded[name] for name in names if name != "id"},
        where=table.c.threadId == query.excluded.threadId,
    )


async def drop_step(connection: AsyncConnection, step: str) -> None:
    """Forget a step of the conversation that is under way, and what hangs on it."""
    for table in (feedbacks, elements):
        await connection.execute(delete(table).where(table.c.forId == step, _is_here(table)))
    await connection.execute(delete(steps).where(steps.c.id == step, _is_here(steps)))


async def drop_element(connection: AsyncConnection, element: str) -> None:
    """Forget an element of the conversation that is under way."""
    wanted = (elements.c.id == element) & _is_here(elements)
    await connection.execute(delete(elements).where(wanted))


def _is_here(table: Table) -> ColumnElement[bool]:
    """Whether a row is of the conversation that is under way, and that of who is asking."""
    thread: ColumnElement[str] = table.c.threadId
    return (thread == context.session.thread_id) & thread.in_(list_theirs())


async def end_unfinished(connection: AsyncConnection, thread: str) -> None:
    """Let no step of a conversation seem to be under way: nothing is."""
    open_steps = (steps.c.threadId == thread) & steps.c.end.is_(None)
    await connection.execute(update(steps).where(open_steps).values(end=steps.c.createdAt))
