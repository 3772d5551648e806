"""What a conversation that is opened again takes for a question without an answer."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.ui.quiet_chainlit import PersistedUser, init_http_context
from ui.conversations.conversation import Conversation
from ui.page import resuming
from ui.page.resuming import (
    _find_unanswered,
    find_question,
    resume_conversation,
)


def make_step(text: str, command: str | None = None) -> dict[str, Any]:
    return {"id": "q", "type": "user_message", "output": text, "command": command}


@pytest.mark.parametrize(
    ("text", "command", "is_asked_again"),
    [
        ("SOLAR는 층이 몇 개?", None, True),
        ("/etc는 무엇인가요?", None, True),
        ("/compare SOLAR, Phi-3", None, True),
        ("SOLAR, Phi-3", "compare", True),
        ("/papers", None, False),
        ("", "help", False),
        ("/없는말", None, False),
    ],
)
def test_a_command_is_not_asked_again_but_for_a_comparison(
    text: str, command: str | None, is_asked_again: bool
):
    conversation = Conversation(thread="t", user="u", answers=[], database=None)

    found = _find_unanswered([make_step(text, command)], conversation)

    assert (found == "q") is is_asked_again


async def test_the_steps_of_what_is_being_answered_are_shown_after_those_kept(
    monkeypatch: pytest.MonkeyPatch,
):
    async def get_thread(id: str) -> dict[str, Any]:
        return {"id": id, "steps": [make_step("질문")]}

    monkeypatch.setattr(resuming, "get_data_layer", lambda: SimpleNamespace(get_thread=get_thread))
    init_http_context()
    conversation = Conversation(thread="t", user="u", answers=[], database=None)
    conversation.running = SimpleNamespace(steps=[{"id": "s"}], follow_in=lambda session: None)
    thread = {"id": "t", "steps": []}

    await resume_conversation(thread, conversation, None)

    assert [step["id"] for step in thread["steps"]] == ["q", "s"]


@pytest.mark.parametrize(("author", "is_found"), [("kim", True), ("lee", False)])
async def test_a_question_of_somebody_else_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, author: str, is_found: bool
):
    async def get_thread(id: str) -> dict[str, Any]:
        step = {**make_step("질문"), "createdAt": "2026-12-01T00:00:00Z"}
        return {"id": id, "userIdentifier": author, "steps": [step]}

    monkeypatch.setattr(resuming, "get_data_layer", lambda: SimpleNamespace(get_thread=get_thread))
    init_http_context(user=PersistedUser(id="u", identifier="kim", createdAt=""), thread_id="t")
    conversation = Conversation(thread="t", user="u", answers=[], database=None)

    found = await find_question("q", conversation)

    assert (found is not None) is is_found
