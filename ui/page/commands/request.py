"""What each command is handed."""

from dataclasses import dataclass

import chainlit as cl
from chainlit.user import PersistedUser

from nodes.retrieve import PassageSearch
from ui.conversations.conversation import Conversation
from ui.page.service import ChatService
from ui.papers.viewer import Viewer
from ui.preferences.preferences import Preferences


@dataclass(frozen=True, kw_only=True)
class Request:
    """A command given in a conversation."""

    message: cl.Message
    """The message that gives it."""

    argument: str
    conversation: Conversation
    service: ChatService
    chosen: Preferences
    """What its reader has chosen."""

    def open_search(self) -> PassageSearch:
        """The search over the papers that are asked here; EmptyIndex where there are none."""
        options = self.service.choose_options(self.user.identifier, self.chosen)
        return self.service.open_search().within(options.papers)

    @property
    def viewer(self) -> Viewer:
        """What its reader sees of the library."""
        return self.service.find_viewer(self.user.identifier)

    @property
    def user(self) -> PersistedUser:
        """Who gives it."""
        user = cl.context.session.user
        assert isinstance(user, PersistedUser)
        return user
