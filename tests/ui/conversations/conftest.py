"""A database of conversations, and users who talk."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from tests.ui.quiet_chainlit import PersistedUser, User, init_http_context
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase


class Talk:
    """A user's conversation, as Chainlit keeps it."""

    def __init__(self, layer: ConversationLayer, user: PersistedUser) -> None:
        self.layer, self.user, self.thread = layer, user, str(uuid4())

    def enter(self) -> None:
        """Be the one who is asking from here on."""
        init_http_context(user=self.user, thread_id=self.thread)

    async def begin(self, question: str = "층이 몇 개인가요?") -> str:
        """Ask a first question; its id."""
        self.enter()
        await self.layer.update_thread(self.thread, name=question, user_id=self.user.id)
        return await self.say(question)

    async def say(self, text: str, **more: Any) -> str:
        """Add a message; its id."""
        step = {**self.message(text), **more}
        await self.layer.create_step(step)
        return str(step["id"])

    async def show(self, name: str) -> str:
        """Add something that is shown with a message; its id."""
        shown = {"id": str(uuid4()), "type": "text", "name": name}
        element: Any = SimpleNamespace(to_dict=lambda: shown)
        await self.layer.create_element(element)
        return shown["id"]

    def message(self, text: str) -> dict[str, Any]:
        """A message of the reader."""
        return {
            "id": str(uuid4()),
            "threadId": self.thread,
            "name": "local",
            "type": "user_message",
            "output": text,
            "createdAt": f"2026-12-01T00:00:00.{uuid4().int % 10**6:06}Z",
            "metadata": {},
        }


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[ChatDatabase]:
    database = ChatDatabase(tmp_path)
    yield database
    await database.close()


@pytest.fixture
def layer(database: ChatDatabase) -> ConversationLayer:
    return ConversationLayer(database)


async def make_talk(layer: ConversationLayer, name: str) -> Talk:
    """A user, and a conversation that they have not begun yet."""
    user = await layer.create_user(User(identifier=name))
    assert user
    return Talk(layer, user)


@pytest.fixture
async def kim(layer: ConversationLayer) -> Talk:
    return await make_talk(layer, "kim")


@pytest.fixture
async def lee(layer: ConversationLayer) -> Talk:
    return await make_talk(layer, "lee")
