"""What a page sends is taken only where our own form could have sent it."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ui.quiet_chainlit import User, init_http_context
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase
from ui.preferences.changing import _accept
from ui.preferences.keeping import PreferenceStore
from ui.preferences.preferences import Preferences, WrongPreferences


class Offers:
    """Offers one model."""

    async def list(self) -> list[str]:
        return ["openai:gpt-4o"]


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Any]:
    database = ChatDatabase(tmp_path)
    user = await ConversationLayer(database).create_user(User(identifier="ann"))
    init_http_context(user=user)
    yield SimpleNamespace(preferences=PreferenceStore(database), offers=Offers(), user=user.id)
    await database.close()


async def test_an_offered_model_is_taken_and_kept(service: Any):
    sent = {"model": "openai:gpt-4o", "passages": 3, "reset": False, "more": "x"}

    chosen = await _accept(sent, Preferences(), service)

    assert chosen == Preferences(model="openai:gpt-4o", passages=3)
    assert await service.preferences.read(service.user) == chosen


@pytest.mark.parametrize("model", ["/etc/passwd.gguf", "anthropic:claude", "openai:", ""])
async def test_a_model_that_was_not_offered_is_refused(service: Any, model: str):
    with pytest.raises(WrongPreferences):
        await _accept({"model": model, "passages": 3}, Preferences(), service)

    assert await service.preferences.read(service.user) == Preferences()


async def test_the_model_that_is_chosen_stays_while_its_server_is_away(service: Any):
    before = Preferences(model="ollama:away")

    chosen = await _accept({"model": "ollama:away", "passages": 3}, before, service)

    assert chosen.model == "ollama:away"


async def test_the_last_switch_takes_all_defaults(service: Any):
    sent = {"passages": 3, "reset": True}

    assert await _accept(sent, Preferences(passages=9), service) == Preferences()
