"""What each command is handed."""

from dataclasses import dataclass

import chainlit as cl
from chainlit.user import PersistedUser

from ui.conversations.conversation import Conversation
from ui.page.service import ChatService


@dataclass(frozen=True, kw_only=True)
class Request:
    """A command given in a conversation."""

    message: cl.Message
    """The message that gives it."""

    argument: str
    conversation: Conversation
    service: ChatService

    @property
    def user(self) -> PersistedUser:
        """Who gives it."""
        user = cl.context.session.user
        assert isinstance(user, PersistedUser)
        return user
