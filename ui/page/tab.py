"""What a tab of the chat shows: its conversation, and the messages of that."""

import chainlit as cl
from chainlit.user import PersistedUser

from ui.conversations.conversation import Conversation
from ui.page.service import get_service


def find_message(id: str | None) -> cl.Message | None:
    """A message of this chat."""
    return next((one for one in cl.chat_context.get() if one.id == id), None)


async def find_conversation() -> Conversation:
    """The conversation of this tab."""
    session = cl.context.session
    assert isinstance(session.user, PersistedUser)
    conversation: Conversation | None = cl.user_session.get("conversation")
    if conversation is None:
        conversation = await get_service().conversations.find(
            thread=session.thread_id, user=session.user.id
        )
        # Held by its tabs: it is forgotten with the last of them.
        cl.user_session.set("conversation", conversation)
    return conversation
