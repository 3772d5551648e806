"""What all conversations of one chat server share: the settings, the graph, what is kept."""

from collections.abc import Callable
from functools import cache

from graph.open import open_graph
from graph.run import Graph
from graph.settings import Settings, load_settings
from graph.warming import warm_model
from retrieval.errors import EmptyIndex
from retrieval.store.library import Library
from ui.conversations.checkpoints import LatestSaver, open_saver
from ui.conversations.conversation import OpenConversations
from ui.conversations.database import ChatDatabase
from ui.page.opening import Opening
from ui.page.starters import StarterWriting
from ui.starters.idle import IdleWork


class ChatService:
    """The parts of a chat server that live as long as it does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = ChatDatabase(settings.home)
        self.conversations = OpenConversations(self.database)
        self.opening = Opening(self._open_graph, warm_model=lambda: warm_model(self.settings))
        self.idle = IdleWork()
        self.starter_writing = StarterWriting(settings, self.idle)
        self._saver: LatestSaver | None = None

    @property
    def library(self) -> Library:
        """The papers, as they are at this moment."""
        return Library(self.settings.home)

    async def start(self) -> None:
        """Open what the first question needs."""
        self._saver = await open_saver(self.settings.home)
        self.opening.begin()

    def check_library(self) -> None:
        """EmptyIndex where no paper can be searched."""
        if not self.library.exists() or not self.library.list_titles():
            raise EmptyIndex(self.settings.home)

    def _open_graph(self, on_line: Callable[[str], None]) -> Graph:
        return open_graph(self.settings, checkpointer=self._saver, on_line=on_line)


@cache
def get_service() -> ChatService:
    """This server's own, as the settings say."""
    return ChatService(load_settings())
