"""Show in a chat how far an indexing run is that another process makes."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from language.catalogue import write_text
from retrieval.ingest.progress import PROGRESS_FILE, Progress, read_shared_progress
from retrieval.store.library import Library
from ui.amounts import write_dollars, write_duration

# Seconds between two looks.
PROGRESS_TICK = 2.0
STEP_LINES = {
    "fetching": "indexing.fetching",
    "reading": "indexing.reading",
    "headers": "indexing.headers",
    "embedding": "indexing.embedding",
}


class Message(Protocol):
    """Words in a chat that can change."""

    content: str

    async def send(self) -> Any:
        """Show them."""

    async def update(self) -> Any:
        """Show them as they are now."""


class Indexing:
    """One message that follows the run, from where it is first seen to its end."""

    def __init__(
        self,
        library: Library,
        new_message: Callable[[str], Message],
        *,
        count_papers: Callable[[], int],
        is_ours: Callable[[], bool] = lambda: False,
    ) -> None:
        """`count_papers`: how many the reader can ask; `is_ours`: a run that the page shows otherwise."""
        self._library = library
        self._count_papers = count_papers
        self._is_ours = is_ours
        self._new_message = new_message
        self._message: Message | None = None

    async def follow(self) -> None:
        """Look again and again, for as long as the chat is open."""
        while True:
            await self.look()
            await asyncio.sleep(PROGRESS_TICK)

    async def look(self) -> None:
        """Say how far a run is, or that it has ended."""
        if self._is_ours():
            return
        progress = await asyncio.to_thread(read_shared_progress, self._library.home)
        if progress:
            await self._say(describe_run(progress))
        elif self._message:
            await self._say(await asyncio.to_thread(self._describe_end))
            self._message = None

    def _describe_end(self) -> str:
        """What is to be said of a run that is there no more."""
        if (self._library.home / PROGRESS_FILE).exists():
            return write_text("indexing.cut_short")
        return write_text("indexing.ended", count=self._count_papers())

    async def _say(self, text: str) -> None:
        if self._message is None:
            self._message = self._new_message(text)
            await self._message.send()
        elif self._message.content != text:
            self._message.content = text
            await self._message.update()


def describe_run(progress: Progress) -> str:
    """How far a run is: documents, passages, time left, cost so far."""
    (document, documents), (passage, passages) = progress.documents, progress.passages
    time_left = write_duration(progress.seconds_left) if progress.seconds_left else ""
    parts = [
        write_text("indexing.papers", done=document, all=documents) if documents else "",
        write_text("indexing.passages", done=passage, all=passages) if passages else "",
        write_text("indexing.time_left", time=time_left) if time_left else "",
        write_text("indexing.cost_so_far", cost=write_dollars(progress.usd))
        if progress.usd
        else "",
    ]
    step = write_text(STEP_LINES[progress.step])
    return write_text("indexing.under_way", step=step, parts=", ".join(filter(None, parts)))
