"""Deleted conversations come back within a week, and are gone after it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from langchain_core.messages import HumanMessage
from langgraph.checkpoint.base import empty_checkpoint
from sqlalchemy import func, select, update

from tests.ui.conversations.conftest import Talk
from ui.conversations.checkpoints import LatestSaver, open_saver
from ui.conversations.conversation import name_memory
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase
from ui.conversations.schema import metadata, threads
from ui.conversations.sweeping import restore_deleted, sweep_deleted
from ui.conversations.writing import write_time


async def delete(talk: Talk, *, days_ago: float) -> None:
    """Put a conversation away as if some days ago."""
    await talk.layer.delete_thread(talk.thread)
    moment = write_time(datetime.now(UTC) - timedelta(days=days_ago))
    async with talk.layer._database.write() as connection:
        query = update(threads).where(threads.c.id == talk.thread)
        await connection.execute(query.values(deletedAt=moment))


async def count_rows(database: ChatDatabase, *tables: str) -> list[int]:
    async with database.read() as connection:
        return [
            await connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0
            for table in tables
        ]


async def remember(saver: LatestSaver, talk: Talk) -> str:
    """Let the graph remember something of a conversation; the name under which it does."""
    name = name_memory(thread=talk.thread, user=talk.user.id)
    config = {"configurable": {"thread_id": name, "checkpoint_ns": ""}}
    checkpoint = {**empty_checkpoint(), "channel_values": {"messages": [HumanMessage("?")]}}
    await saver.aput(config, checkpoint, {}, {"messages": 1})
    return name


async def test_what_was_deleted_a_week_ago_goes_with_all_that_hangs_on_it(
    kim: Talk, lee: Talk, database: ChatDatabase, tmp_path: Path
):
    saver = await open_saver(tmp_path)
    await kim.begin()
    await lee.begin()
    gone, kept = await remember(saver, kim), await remember(saver, lee)
    await delete(kim, days_ago=7.1)
    await delete(lee, days_ago=6.9)

    await sweep_deleted(database, saver)

    assert await count_rows(database, "threads", "steps") == [1, 1]
    found = [await saver.aget({"configurable": {"thread_id": name}}) for name in (gone, kept)]
    assert [one is None for one in found] == [True, False]
    await saver.conn.close()


async def test_the_last_deleted_comes_back_to_its_own_user(
    kim: Talk, lee: Talk, database: ChatDatabase
):
    first = kim.thread
    await kim.begin("하나")
    kim.thread = second = str(uuid4())
    await kim.begin("둘")
    await lee.begin("남의 것")
    for talk, thread, days in ((kim, first, 2), (kim, second, 1), (lee, lee.thread, 0)):
        talk.thread = thread
        await delete(talk, days_ago=days)

    assert await restore_deleted(database, user=kim.user.id) == (second, "둘")
    assert await restore_deleted(database, user=kim.user.id) == (first, "하나")
    assert await restore_deleted(database, user=kim.user.id) is None
    assert await kim.layer.get_thread(second) is not None
    assert await lee.layer.get_thread(lee.thread) is None


async def test_what_was_deleted_too_long_ago_does_not_come_back(kim: Talk, database: ChatDatabase):
    await kim.begin()
    await delete(kim, days_ago=8)

    assert await restore_deleted(database, user=kim.user.id) is None


async def test_each_deletion_sweeps(database: ChatDatabase, kim: Talk):
    swept: list[str] = []

    async def sweep() -> None:
        swept.append(kim.thread)

    await kim.begin()
    await ConversationLayer(database, on_delete=sweep).delete_thread(kim.thread)

    assert swept == [kim.thread]
