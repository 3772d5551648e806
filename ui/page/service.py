"""What all conversations of one chat server share: the settings, the graph, what is kept."""

from collections.abc import Callable
from functools import cache
from threading import Lock

from graph.open import open_graph, open_search
from graph.run import Graph
from graph.settings import Settings, load_settings
from retrieval.errors import EmptyIndex
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from ui.conversations.checkpoints import LatestSaver, open_saver
from ui.conversations.conversation import OpenConversations
from ui.conversations.database import ChatDatabase
from ui.page.opening import Openings
from ui.preferences.keeping import PreferenceStore
from ui.preferences.offers import offer_models
from ui.preferences.preferences import apply_model


class ChatService:
    """The parts of a chat server that live as long as it does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = ChatDatabase(settings.home)
        self.conversations = OpenConversations(self.database)
        self.preferences = PreferenceStore(self.database)
        self.offers = offer_models(settings)
        self.openings = Openings(self._open_graph)
        self._saver: LatestSaver | None = None
        self._search: HybridSearch | None = None
        self._search_lock = Lock()

    @property
    def library(self) -> Library:
        """The papers, as they are at this moment."""
        return Library(self.settings.home)

    async def start(self) -> None:
        """Open what the first question needs."""
        self._saver = await open_saver(self.settings.home)
        self.openings.find(None).begin()

    def check_library(self) -> None:
        """EmptyIndex where no paper can be searched."""
        if not self.count_papers():
            raise EmptyIndex(self.settings.home)

    def count_papers(self) -> int:
        """How many papers can be searched."""
        return len(self.library.list_titles()) if self.library.exists() else 0

    def _open_graph(self, model: str | None, on_line: Callable[[str], None]) -> Graph:
        settings = apply_model(self.settings, model)
        search = self._open_search()
        return open_graph(settings, search=search, checkpointer=self._saver, on_line=on_line)

    def _open_search(self) -> HybridSearch:
        """The one search of all models; what failed is tried again."""
        with self._search_lock:
            self._search = self._search or open_search(self.settings)
            return self._search


@cache
def get_service() -> ChatService:
    """This server's own, as the settings say."""
    return ChatService(load_settings())
