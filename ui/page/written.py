"""The answer on the page while it is written."""

import asyncio

import chainlit as cl

from ui.page.markdown_text import escape_answer

# Seconds between two looks of a reader: a page is sent the whole text each time.
PAUSE = 0.05


class WrittenAnswer:
    """The words so far, shown in a message as fast as they can be read."""

    def __init__(self, message: cl.Message) -> None:
        self._message = message
        self._words = ""
        self._showing: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """What is written so far, as the page shows it."""
        return escape_answer(self._words)

    def add(self, words: str | None) -> None:
        """Show more words, soon; None: the answer starts over."""
        self._words = self._words + words if words else ""
        if self._showing is None or self._showing.done():
            self._showing = asyncio.create_task(self._show_words())

    def end(self) -> None:
        """Show no more of it."""
        if self._showing:
            self._showing.cancel()

    async def _show_words(self) -> None:
        shown: str | None = None
        while shown != self._words:
            shown = self._words
            await self._message.stream_token(self.text, is_sequence=True)
            await asyncio.sleep(PAUSE)
