"""What all conversations of one chat server share: the settings, the graph, what is kept."""

import asyncio
import logging
import sqlite3
from dataclasses import replace
from functools import cache
from threading import Lock

from graph.open import open_graph, open_search
from graph.run import Graph
from graph.settings import Settings, load_settings
from graph.warming import warm_model
from models.chat.open import OnLine
from nodes.state import RunOptions
from retrieval.errors import EmptyIndex, UserError
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from ui.conversations.checkpoints import LatestSaver, open_saver
from ui.conversations.conversation import OpenConversations
from ui.conversations.database import ChatDatabase
from ui.conversations.sweeping import sweep_deleted
from ui.page.opening import Openings
from ui.page.starters import StarterWriting
from ui.papers.papers import Papers
from ui.papers.scope import AskedPapers
from ui.papers.viewer import Viewer, find_viewer
from ui.preferences.keeping import PreferenceStore
from ui.preferences.offers import offer_models
from ui.preferences.preferences import Preferences, apply_model
from ui.starters.idle import IdleWork

logger = logging.getLogger("munheon.chat")


class ChatService:
    """The parts of a chat server that live as long as it does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = ChatDatabase(settings.home)
        self.conversations = OpenConversations(self.database)
        self.preferences = PreferenceStore(self.database)
        self.papers = Papers(settings)
        self.offers = offer_models(settings)
        self.openings = Openings(self._open_graph, warm_model=self._warm_model)
        self.idle = IdleWork()
        self.starter_writing = StarterWriting(settings, self.idle)
        self._saver: LatestSaver | None = None
        self._search: HybridSearch | None = None
        self._opening_search = Lock()

    @property
    def library(self) -> Library:
        """The papers, as they are at this moment."""
        return Library(self.settings.home)

    async def start(self) -> None:
        """Open what the first question needs, and forget what was deleted long ago."""
        self._saver = await open_saver(self.settings.home)
        self.openings.find(None).begin()
        await asyncio.to_thread(self.papers.start)
        await self.sweep()

    async def sweep(self) -> None:
        """Forget the conversations that were deleted so long ago that nobody may bring them back."""
        if self._saver is None:
            return
        try:
            await sweep_deleted(self.database, self._saver)
        except (UserError, sqlite3.Error) as error:
            logger.warning("Old conversations could not be swept, and will be next time: %s", error)

    def open_search(self) -> HybridSearch:
        """The search over the papers, opened once: it needs no chat model."""
        with self._opening_search:
            self._search = self._search or open_search(self.settings)
            return self._search

    def find_viewer(self, identifier: str) -> Viewer:
        """What a user sees of the library."""
        return find_viewer(self.settings, identifier)

    def find_scope(self, identifier: str, chosen: Preferences) -> AskedPapers:
        """Which papers a user has chosen to ask."""
        viewer = self.find_viewer(identifier)
        return AskedPapers(chosen.scope, viewer=viewer, library=self.library)

    def asked_papers(self, identifier: str, chosen: Preferences) -> frozenset[int] | None:
        """The papers that a user asks, by id; None: all. ScopeGone where those chosen are gone."""
        return self.find_scope(identifier, chosen).find()

    def choose_options(self, identifier: str, chosen: Preferences) -> RunOptions:
        """What a user has chosen of a run; UserError where they have no paper to ask."""
        self.check_library(identifier)
        asked = self.asked_papers(identifier, chosen)
        return replace(chosen.options, papers=None if asked is None else sorted(asked))

    def check_library(self, identifier: str) -> None:
        """EmptyIndex where a user sees no paper that can be searched."""
        if not self.count_papers(identifier):
            raise EmptyIndex(self.settings.home)

    def count_papers(self, identifier: str) -> int:
        """How many papers a user sees that can be searched."""
        library = self.library
        if not library.exists():
            return 0
        visible, ready = self.find_viewer(identifier).list_visible(library), library.list_ready()
        return len(ready if visible is None else visible & ready.keys())

    def _open_graph(self, model: str | None, on_line: OnLine) -> Graph:
        settings, search = apply_model(self.settings, model), self.open_search()
        return open_graph(settings, checkpointer=self._saver, on_line=on_line, search=search)

    async def _warm_model(self, model: str | None) -> None:
        await warm_model(apply_model(self.settings, model))


@cache
def get_service() -> ChatService:
    """This server's own, as the settings say."""
    return ChatService(load_settings())
