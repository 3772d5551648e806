"""What a chat says of the day's budget."""

import asyncio
from collections.abc import Callable

from graph.settings import Settings
from graph.spending import open_ledger
from ui.page.markdown_text import escape_text
from ui.page.underway import Message


async def tell_of_budget(settings: Settings, new_message: Callable[[str], Message]) -> None:
    """Say below an answer, once a day, that the budget comes to its end, and what is not counted."""
    for line in await asyncio.to_thread(open_ledger(settings).take_notes):
        await new_message(escape_text(line.write())).send()
