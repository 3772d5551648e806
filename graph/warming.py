"""Have a model that runs here read how its prompts begin, so that the first question waits no longer."""

import asyncio
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

from graph.open import choose_profile, open_model
from graph.settings import Settings
from models.chat.adaptive_chat import AdaptiveChat
from models.chat.open import serve_own_model
from models.connect.choose import choose_chat
from models.embedded.kept_prompts import KeptPrompts
from models.embedded.line import own_line
from models.embedded.warming import read_beginnings
from nodes.beginnings import list_beginnings
from nodes.conversation import write_titles_beforehand
from nodes.small.prompts import PROMPTS
from retrieval.store.library import Library


async def warm_model(settings: Settings) -> None:
    """Read all beginnings, a piece whenever nobody asks; nothing where the model runs elsewhere.

    It takes the embedded model half a minute after its first start, and a second after later ones.
    """
    choice = choose_chat(settings.chat_model)
    if not choice.runs_here:
        return
    model = await asyncio.to_thread(open_model, settings)  # a client of its own, for this loop
    beginnings = await asyncio.to_thread(_list_beginnings, settings, model)
    kept = await asyncio.to_thread(lambda: KeptPrompts(serve_own_model(choice)))
    await read_beginnings(beginnings, model=model, kept=kept, line=own_line)


def _list_beginnings(settings: Settings, model: AdaptiveChat) -> list[Sequence[BaseMessage]]:
    """Those of the small profile; a strong model's prompts are mostly passages."""
    library = Library(settings.home)
    if choose_profile(settings, model) != "small" or not library.exists():
        return []
    return list_beginnings(PROMPTS, **write_titles_beforehand(library.list_titles()))
