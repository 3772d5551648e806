"""Preferences are kept by user, and follow the defaults where nothing was chosen."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.ui.quiet_chainlit import User
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase
from ui.preferences.keeping import PreferenceStore
from ui.preferences.preferences import Preferences


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[ChatDatabase]:
    database = ChatDatabase(tmp_path)
    yield database
    await database.close()


async def add_user(database: ChatDatabase, name: str) -> str:
    user = await ConversationLayer(database).create_user(User(identifier=name))
    assert user
    return user.id


async def test_each_user_finds_their_own_after_a_restart(database: ChatDatabase):
    ann, bob = await add_user(database, "ann"), await add_user(database, "bob")
    store = PreferenceStore(database)
    await store.keep(ann, Preferences(passages=3))
    await store.keep(ann, Preferences(passages=4, length="full"))

    restarted = PreferenceStore(database)

    assert await restarted.read(ann) == Preferences(passages=4, length="full")
    assert await restarted.read(bob) == Preferences()


async def test_what_is_at_its_default_is_not_kept(database: ChatDatabase):
    ann = await add_user(database, "ann")
    await PreferenceStore(database).keep(ann, Preferences(steps="open", searches=2))

    async with database.read() as connection:
        [row] = await connection.execute(text("SELECT chosen FROM preferences"))

    assert row[0] == '{"steps": "open"}'
