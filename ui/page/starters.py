"""The questions that an empty chat offers: found in a thread, and written while nobody asks anything."""

import asyncio
import logging
from collections.abc import Callable, Collection

from graph.settings import Settings
from language.catalogue import Language
from retrieval.errors import UserError
from retrieval.store.library import Library
from ui.starters.idle import IdleWork
from ui.starters.list import list_starters
from ui.starters.queue import asks_model, open_queue
from ui.starters.starter import Starter
from ui.starters.written import WrittenQuestions

logger = logging.getLogger("munheon.starters")


async def find_starters(
    settings: Settings, browser: str | None, *, papers: Callable[[], Collection[int] | None]
) -> list[Starter]:
    """Questions in the language of a browser ("en-US"), on the papers that its reader may see.

    `papers` finds the ids of these; None: all. No questions where the library cannot be read, or none
    of the papers is there: the greeting says why.
    """
    try:
        return await asyncio.to_thread(_find, settings, browser or "", papers)
    except UserError:
        return []


def _find(
    settings: Settings, browser: str, papers: Callable[[], Collection[int] | None]
) -> list[Starter]:
    language: Language = "en" if browser.startswith("en") else "ko"
    written = WrittenQuestions(settings.home).read_all()
    library = Library(settings.home)
    if not library.exists():
        return []
    asked = papers()
    visible = None if asked is None else sorted(asked)
    return list_starters(library, papers=visible, language=language, written=written)


class StarterWriting:
    """Has the chat model write questions, as one task for all conversations."""

    def __init__(self, settings: Settings, idle: IdleWork) -> None:
        self._settings = settings
        self._idle = idle
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Go on, unless that is under way: papers may have come in since."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write until nothing is left; a fault is noted, for nobody has asked for this."""
        try:
            if await asyncio.to_thread(asks_model, self._settings):
                await self._idle.run(open_queue(self._settings).write_next)
        except UserError as error:
            logger.warning("No questions to begin with were written: %s", error)
        except Exception:
            logger.exception("Writing questions to begin with failed")
