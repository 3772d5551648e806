"""Open graphs in the background, one a chat model, once for all conversations."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from graph.run import Graph
from language.catalogue import Text
from models.chat.open import OnLine

logger = logging.getLogger("munheon.opening")
# Seconds between two looks at how far the opening is.
OPENING_TICK = 0.3
# Models that stay open beside the one of the settings: one that runs here takes memory.
MAX_OTHERS = 2


class Opening:
    """The graph being opened in a thread of its own, however many wait for it; then its model is warmed."""

    def __init__(
        self,
        open_graph: Callable[[OnLine], Graph],
        *,
        warm_model: Callable[[], Awaitable[None]],
    ) -> None:
        self._open = open_graph
        self._warm = warm_model
        self._task: asyncio.Task[Graph] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._line: Text | None = None

    def begin(self) -> asyncio.Task[Graph]:
        """Start opening, unless that is under way or done; what failed is tried again."""
        if self._task is None or (self._task.done() and self._task.exception()):
            self._line = None
            self._task = asyncio.create_task(asyncio.to_thread(self._open, self._note_line))
            self._warming = asyncio.create_task(self._warm_after(self._task))
        return self._task

    @property
    def is_open(self) -> bool:
        """Whether the graph is there."""
        task = self._task
        return task is not None and task.done() and not task.cancelled() and not task.exception()

    async def graph(self, *, on_progress: Callable[[str], Awaitable[None]]) -> Graph:
        """The graph, once it is open; `on_progress` hears what takes long meanwhile."""
        task = self.begin()
        told: str | None = None
        while not task.done():
            line = self._line.write() if self._line else ""
            if line != told:
                told = line
                await on_progress(line)
            await asyncio.wait([task], timeout=OPENING_TICK)
        return task.result()

    async def _warm_after(self, opened: asyncio.Task[Graph]) -> None:
        """Warm the model once the graph is open; without it the first questions only wait longer."""
        await asyncio.wait([opened])
        if opened.cancelled() or opened.exception():
            return  # told to who asks
        try:
            await self._warm()
        except Exception:
            logger.warning("The model was not warmed", exc_info=True)

    def _note_line(self, line: Text) -> None:
        self._line = line


class Openings:
    """The graphs by chat model (None: the settings' own); the longest unused is let go."""

    def __init__(
        self,
        open_graph: Callable[[str | None, OnLine], Graph],
        *,
        warm_model: Callable[[str | None], Awaitable[None]],
    ) -> None:
        self._open = open_graph
        self._warm = warm_model
        self._openings: dict[str | None, Opening] = {}

    def find(self, model: str | None) -> Opening:
        """That of a model, begun or not."""
        opening = self._openings.pop(model, None) or self._make(model)
        self._openings[model] = opening
        for unused in [one for one in self._openings if one][:-MAX_OTHERS]:
            del self._openings[unused]
        return opening

    def _make(self, model: str | None) -> Opening:
        return Opening(partial(self._open, model), warm_model=partial(self._warm, model))
