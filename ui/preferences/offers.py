"""The chat models that a reader can choose from: those that can be reached, the settings' own first."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from graph.settings import Settings
from language.catalogue import write_text
from models.cassettes.played_chat import OPENAI_URL
from models.connect.catalogue import ReachableModel, list_reachable
from models.connect.choose import Choice, choose_chat, find_address
from retrieval.errors import UserError

# Seconds that a page waits for the list, and for which a list is taken as it is.
PATIENCE, FRESH = 3.0, 60.0
logger = logging.getLogger("munheon.chat")


class ModelOffers:
    """What can be chosen, asked of all servers at most once a minute, however many ask."""

    def __init__(self, find_models: Callable[[], Sequence[str]]) -> None:
        self._find = find_models
        self._task: asyncio.Task[Sequence[str]] | None = None
        self._asked = 0.0
        self._found: Sequence[str] = ()

    async def list(self) -> Sequence[str]:
        """The models beside the settings' own, as they are set; those of before where it takes long."""
        if self._task is None:
            if time.monotonic() - self._asked < FRESH and self._asked:
                return self._found
            self._task = asyncio.create_task(asyncio.to_thread(self._find))
        task = self._task
        await asyncio.wait([task], timeout=PATIENCE)
        if task.done() and task is self._task:
            self._task, self._asked = None, time.monotonic()
            self._found = _take_result(task)
        return self._found


def _take_result(task: asyncio.Task[Sequence[str]]) -> Sequence[str]:
    """What was found; nothing where an address is wrong, which opening the model tells."""
    try:
        return task.result()
    except UserError as error:
        logger.warning("The chat models could not be listed: %s", error)
        return ()


def offer_models(settings: Settings) -> ModelOffers:
    """The models that can be reached as the settings are."""
    return ModelOffers(partial(find_models, settings))


def find_models(settings: Settings) -> list[str]:
    """The models beside the settings' own that their name alone leads to."""
    reachable = list_reachable(settings.chat_model, settings.home)
    return [one.setting for one in reachable if not one.is_chosen and _is_found_by_name(one)]


def _is_found_by_name(model: ReachableModel) -> bool:
    """Whether setting its name reaches the server that offers it, and no other."""
    named = choose_chat(model.setting)
    if not model.choice.speaks_openai:
        return True
    return (find_address(named) or OPENAI_URL) == model.choice.found_at


def name_model(model: str | None, settings: Settings) -> str:
    """A chat model as a reader knows it; asks local servers where nothing names it."""
    try:
        return _name_choice(choose_chat(model or settings.chat_model))
    except UserError:
        return write_text("preferences.no_model")


def _name_choice(choice: Choice) -> str:
    if choice.kind == "gguf":
        return Path(choice.name).stem
    return choice.name or write_text("preferences.embedded")
