"""Who asks the models that run in this process, which answer one question after the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar

OnAhead = Callable[[int], None]
"""Called with how many questions are ahead, as that changes; with 0 when the wait is over."""

Done = TypeVar("Done")


class Line:
    """Questions in the order in which they first needed a model; the first has it to itself.

    By question and not by call: two questions that take turns push each other's prompts out of
    the model's memory. Loops of several threads may wait in one line.
    """

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._changed: Future[None] = Future()

    @asynccontextmanager
    async def hold_turn(self) -> AsyncIterator[None]:
        """Wait until nobody is ahead; a call that belongs to no question is a question by itself."""
        of_question = _place.get()
        is_alone = of_question is None or of_question.is_over
        place = Place() if of_question is None or is_alone else of_question
        try:
            self._enter(place)
            await self._wait_until(lambda: not place.note_ahead(self._count_ahead(place)))
            yield
        finally:
            if is_alone:
                place.leave()

    async def work_while_free(self, work: Callable[[], Awaitable[Done]]) -> Done:
        """What the work comes to, done while nobody asks: broken off for who does, and begun anew."""
        while True:
            await self._wait_until(lambda: not self._places)
            working = asyncio.ensure_future(work())
            asked = asyncio.ensure_future(self._wait_until(lambda: bool(self._places)))
            try:
                await asyncio.wait({working, asked}, return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    return working.result()
            finally:
                working.cancel()
                asked.cancel()
                await asyncio.wait({working, asked})

    def remove(self, place: "Place") -> None:
        """Take a question out, wherever it stands."""
        self._places.remove(place)
        self._tell_change()

    def _enter(self, place: "Place") -> None:
        if place not in self._places:
            self._places.append(place)
            place.lines.append(self)
            self._tell_change()

    def _count_ahead(self, place: "Place") -> int:
        """How many are ahead; none of a question that is over, whose last calls are about to end."""
        return self._places.index(place) if place in self._places else 0

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        changed = self._changed  # taken before looking, so that no change is missed
        while not holds():
            await asyncio.shield(asyncio.wrap_future(changed))
            changed = self._changed

    def _tell_change(self) -> None:
        before, self._changed = self._changed, Future()
        before.set_result(None)


class Place:
    """One question's place, which all of its calls share."""

    def __init__(self, on_ahead: OnAhead = lambda ahead: None) -> None:
        self.lines: list[Line] = []
        self.is_over = False
        self._on_ahead = on_ahead
        self._ahead = 0

    def note_ahead(self, ahead: int) -> int:
        """How many are ahead, told once for all calls."""
        if ahead != self._ahead:
            self._ahead = ahead
            self._on_ahead(ahead)
        return ahead

    def leave(self) -> None:
        """End the question; the next one's turn begins."""
        self.is_over = True
        while self.lines:
            self.lines.pop().remove(self)


_place: ContextVar[Place | None] = ContextVar("place", default=None)
# One for all models of the process: they share its cores.
own_line = Line()


def begin_question(on_ahead: OnAhead = lambda ahead: None) -> Place:
    """The place of the question that is asked from here on; who begins it has it leave."""
    place = Place(on_ahead)
    _place.set(place)
    return place
