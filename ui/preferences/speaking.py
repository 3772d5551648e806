"""In which language the chat speaks to the reader of the moment."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

import chainlit as cl
from chainlit.session import WebsocketSession
from chainlit.user import PersistedUser

from language.catalogue import Language, reader_language
from ui.page.service import get_service
from ui.preferences.preferences import LanguageChoice, Preferences

Given = ParamSpec("Given")
Result = TypeVar("Result")


def choose_language(setting: LanguageChoice, browser: str) -> Language:
    """The language that a reader has chosen, else Korean for a Korean browser and English for all others."""
    if setting != "auto":
        return setting
    return "ko" if browser.lower().split("-")[0] == "ko" else "en"


def read_user() -> PersistedUser:
    """The reader of this moment."""
    user = cl.context.session.user
    assert isinstance(user, PersistedUser)
    return user


async def read_preferences() -> Preferences:
    """What the reader of this moment has chosen."""
    return await get_service().preferences.read(read_user().id)


def speak_as_chosen(chosen: Preferences) -> None:
    """Write all texts of this task, and of those that it begins, in the reader's language."""
    session = cast(WebsocketSession, cl.context.session)
    reader_language.set(choose_language(chosen.language, session.language))


def in_reader_language(
    handler: Callable[Given, Awaitable[Result]],
) -> Callable[Given, Awaitable[Result]]:
    """A handler of Chainlit's events whose texts, and those of all that it calls, its reader reads."""

    @wraps(handler)
    async def speak(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        speak_as_chosen(await read_preferences())
        return await handler(*args, **kwargs)

    return speak
