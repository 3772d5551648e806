"""The papers that no question was written for yet, asked about one after the other."""

import asyncio
from collections.abc import Callable

from graph.open import choose_profile, open_model, open_search
from graph.settings import Settings
from models.connect.choose import choose_chat
from retrieval.store.contents import Document
from retrieval.store.library import Library
from ui.starters.examples import is_example
from ui.starters.shelf import open_shelf
from ui.starters.starter import list_names
from ui.starters.writing import StarterWriter, open_writer
from ui.starters.written import WrittenQuestions

# Of so many papers of a library a model is asked for a question; the list shows three of them.
MAX_ASKED = 16


class StarterQueue:
    """Writes questions until each paper has been asked about once, or MAX_ASKED have."""

    def __init__(self, library: Library, open_writer: Callable[[], StarterWriter]) -> None:
        self._library = library
        self._written = WrittenQuestions(library.home)
        self._open_writer = open_writer
        self._writer: StarterWriter | None = None

    async def write_next(self) -> bool:
        """Write the question of one paper; False where none is left."""
        document = await asyncio.to_thread(self._find_next)
        if document is None:
            self._writer = None  # its search holds the words of the whole library
            return False
        if self._writer is None:
            self._writer = await asyncio.to_thread(self._open_writer)
        passages = await asyncio.to_thread(self._library.list_passages_of_document, document.id)
        question = await self._writer.write_question(passages)
        await asyncio.to_thread(self._written.keep, document.sha256, question)
        return True

    def _find_next(self) -> Document | None:
        """The newest of everybody's papers with a title of its own that nothing was asked of."""
        if not self._library.exists():
            return None
        shelf = open_shelf(self._library, self._library.list_visible_ids(""))
        self._written.forget_others([one.sha256 for one in shelf.documents])
        asked = self._written.read_all()
        titled = {paper.id for paper in shelf.list_papers() if any(list_names(paper))}
        left = [
            one
            for one in shelf.documents
            if one.sha256 not in asked and one.id in titled and not is_example(one)
        ]
        return max(left, key=lambda one: one.id) if left and len(asked) < MAX_ASKED else None


def asks_model(settings: Settings) -> bool:
    """Whether the chat model is to write questions: unasked, only one that costs nothing, on a server."""
    if settings.starters != "auto":
        return settings.starters == "model"
    choice = choose_chat(settings.chat_model)
    return choice.is_free and not choice.runs_here


def open_queue(settings: Settings) -> StarterQueue:
    """The queue of the library that the settings name, with their models."""

    def open_with_models() -> StarterWriter:
        model = open_model(settings)
        return open_writer(open_search(settings), model, choose_profile(settings, model))

    return StarterQueue(Library(settings.home), open_with_models)
