"""Show in a chat how far an indexing run is that another process makes."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from retrieval.ingest.progress import PROGRESS_FILE, Progress, read_shared_progress
from retrieval.store.library import Library
from ui.amounts import write_dollars, write_duration

# Seconds between two looks.
PROGRESS_TICK = 2.0
STEP_LINES = {
    "fetching": "받는 중",
    "reading": "읽는 중",
    "headers": "머리말을 쓰는 중",
    "embedding": "벡터를 만드는 중",
}
CUT_SHORT = "색인이 도중에 끊겼습니다. `munheon index`를 다시 실행하면 이어서 합니다."


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
            return CUT_SHORT
        return f"색인이 끝났습니다. 이제 논문 {self._count_papers()}편에 대해 질문할 수 있습니다."

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
    parts = [
        f"논문 {document}/{documents}" if documents else "",
        f"구절 {passage}/{passages}" if passages else "",
        f"남은 시간 약 {write_duration(progress.seconds_left)}" if progress.seconds_left else "",
        f"지금까지 {write_dollars(progress.usd)}" if progress.usd else "",
    ]
    return f"색인 중({STEP_LINES[progress.step]}): {', '.join(filter(None, parts))}"
