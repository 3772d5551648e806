"""Work that is done while nobody asks anything."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import monotonic

# Seconds without a question before work begins: a reader who has just come is about to ask.
REST_SECONDS = 60.0


class IdleWork:
    """Pieces of work, one after the other; a question that comes ends the one under way."""

    def __init__(self, *, rest: float = REST_SECONDS) -> None:
        self._rest = rest
        self._questions = 0
        self._is_quiet = asyncio.Event()
        self._is_quiet.set()
        self._last = monotonic()
        self._piece: asyncio.Task[bool] | None = None

    @contextmanager
    def give_way(self) -> Iterator[None]:
        """Do nothing while a question is under way; what was begun is begun anew afterwards."""
        self._questions += 1
        self._is_quiet.clear()
        if self._piece:
            self._piece.cancel()
        try:
            yield
        finally:
            self._questions -= 1
            self._last = monotonic()
            if not self._questions:
                self._is_quiet.set()

    async def run(self, work: Callable[[], Awaitable[bool]]) -> None:
        """Do pieces of work until one says that nothing is left."""
        is_left = True
        while is_left:
            await self._wait_for_rest()
            is_left = await self._do_piece(work)

    async def _wait_for_rest(self) -> None:
        """Wait until no question has been under way for long enough."""
        await self._is_quiet.wait()
        while (left := self._last + self._rest - monotonic()) > 0:
            await asyncio.sleep(left)
            await self._is_quiet.wait()

    async def _do_piece(self, work: Callable[[], Awaitable[bool]]) -> bool:
        """Whether more is left: also where a question has come between."""
        self._piece = asyncio.ensure_future(work())
        try:
            await asyncio.wait([self._piece])
            return self._piece.cancelled() or self._piece.result()
        finally:
            self._piece.cancel()
            self._piece = None
