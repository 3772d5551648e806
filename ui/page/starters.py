"""The questions that an empty chat offers, found in a thread of their own."""

import asyncio
from collections.abc import Sequence

from graph.settings import Settings
from language.catalogue import Language
from retrieval.errors import UserError
from retrieval.store.library import Library
from ui.starters.list import list_starters
from ui.starters.starter import Starter


async def find_starters(
    settings: Settings, browser: str | None, *, papers: Sequence[int] | None = None
) -> list[Starter]:
    """Questions in the language of a browser ("en-US"), on the papers that its reader may see.

    None where the library cannot be read: the greeting says why.
    """
    language: Language = "en" if (browser or "").startswith("en") else "ko"
    library = Library(settings.home)
    try:
        return await asyncio.to_thread(list_starters, library, papers=papers, language=language)
    except UserError:
        return []
