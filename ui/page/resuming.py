"""A conversation that is opened again: its buttons, the answer under way, or how it broke off."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import uuid4

import chainlit as cl
from chainlit.config import config
from chainlit.data import get_data_layer
from chainlit.session import WebsocketSession
from chainlit.step import StepDict
from chainlit.types import ThreadDict

from language.catalogue import write_text
from ui.conversations.conversation import Conversation
from ui.conversations.database import ChatDatabase
from ui.conversations.writing import end_unfinished, keep_steps, write_now
from ui.page.buttons import make_answer_buttons, make_retry_button
from ui.page.commands.reading import read_command
from ui.preferences.speaking import read_user


async def resume_conversation(
    thread: ThreadDict, conversation: Conversation, database: ChatDatabase
) -> None:
    """Bring a conversation back as it was; `thread` is what the page will be sent of it."""
    # Before the messages: with those there, the page draws all of them anew for each button.
    for number, answer in enumerate(conversation.answers):
        for button in make_answer_buttons(number, answer):
            await button.send(for_id=answer.id)
    if conversation.running:
        conversation.running.follow_in(cast(WebsocketSession, cl.context.session))
        await cl.context.emitter.task_start()
    else:
        await _tell_broken_off(thread, conversation, database)
    await _read_steps_anew(thread)
    if conversation.running:
        thread["steps"] += cast(list[StepDict], conversation.running.steps)


async def _tell_broken_off(
    thread: ThreadDict, conversation: Conversation, database: ChatDatabase
) -> None:
    """Offer to ask the last question again where nothing answered it."""
    question = _find_unanswered(thread["steps"], conversation)
    async with database.write() as connection:
        await end_unfinished(connection, conversation.thread)
        if question is None:
            return
        last: Mapping[str, Any] = thread["steps"][-1]
        if last["type"] != "assistant_message":
            last = _make_message(conversation.thread, write_text("conversation.broken_off"))
            await keep_steps(connection, [last])
    await make_retry_button(question).send(for_id=last["id"])


def _find_unanswered(steps: Sequence[Mapping[str, Any]], conversation: Conversation) -> str | None:
    """The id of the last question, if no answer was given to it; a command has none, or had it at once."""
    asked = [step for step in steps if step["type"] == "user_message"]
    answered = {answer.question for answer in conversation.answers}
    if not asked or asked[-1]["id"] in answered:
        return None
    command = read_command(asked[-1]["output"], asked[-1]["command"])
    return None if command and command.name != "compare" else asked[-1]["id"]


def _make_message(thread: str, text: str) -> dict[str, Any]:
    """A message of ours, as Chainlit keeps it."""
    return {
        "id": str(uuid4()),
        "threadId": thread,
        "name": config.ui.name,
        "type": "assistant_message",
        "output": text,
        "createdAt": write_now(),
        "streaming": False,
        "isError": False,
        "metadata": {},
    }


async def find_question(id: object, conversation: Conversation) -> cl.Message | None:
    """A question of the reader's in the conversation, by the id of its message."""
    thread = await get_data_layer().get_thread(conversation.thread)
    is_theirs = thread and thread["userIdentifier"] == read_user().identifier
    steps = thread["steps"] if thread and is_theirs else []
    found = (one for one in steps if one["id"] == id and one["type"] == "user_message")
    step = next(found, None)
    return cl.Message.from_dict(step) if step else None


async def _read_steps_anew(thread: ThreadDict) -> None:
    """Let the page be sent what has been kept up to now: what comes later, it is told as it comes."""
    if fresh := await get_data_layer().get_thread(thread["id"]):
        thread["steps"] = fresh["steps"]
