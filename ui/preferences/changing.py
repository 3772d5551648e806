"""What happens when a chat opens or its form is sent: preferences are taken, shown, and their model opened."""

import asyncio
import logging

import chainlit as cl

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.page.service import ChatService, get_service
from ui.page.trouble import find_trouble
from ui.preferences.form import RESET, make_form, read_form
from ui.preferences.header import compose_header, send_header
from ui.preferences.offers import name_model
from ui.preferences.preferences import Preferences, WrongPreferences
from ui.preferences.speaking import read_preferences, read_user, speak_as_chosen

logger = logging.getLogger("munheon.chat")


async def change_preferences(given: object) -> None:
    """Take what the form has sent and keep it; what is wrong changes nothing, and is told."""
    service, before = get_service(), await read_preferences()
    try:
        chosen = await _accept(given, before, service)
    except UserError as error:
        await cl.context.emitter.send_toast(error.write(), "error")
        return await show_preferences(before)
    speak_as_chosen(chosen)
    await show_preferences(chosen)
    if chosen.model != before.model and await open_chosen(chosen):
        name = await asyncio.to_thread(name_model, chosen.model, service.settings)
        await cl.context.emitter.send_toast(write_text("preferences.opened", model=name), "success")
    return None


async def edit_preferences(given: object) -> None:
    """Fill the form in with the defaults where its reader asks for them; they are kept once it is sent."""
    if read_form(given).get(RESET) is True:
        await (await _make_form(Preferences())).refresh()


async def _accept(given: object, before: Preferences, service: ChatService) -> Preferences:
    """What was sent, now kept."""
    form = read_form(given)
    chosen = Preferences() if form.get(RESET) is True else Preferences.accept(form)
    chosen = chosen.model_copy(update={"scope": before.scope})  # no part of the form
    if chosen.model not in (None, before.model, *await service.offers.list()):
        raise WrongPreferences
    await service.preferences.keep(read_user().id, chosen)
    return chosen


async def show_preferences(chosen: Preferences) -> None:
    """Fill in the form, and say in the header what is no default."""
    await show_header(chosen)
    await (await _make_form(chosen)).send()


async def show_header(chosen: Preferences, *, note: str = "") -> None:
    """The line of the header, as things are now."""
    service = get_service()
    model = await asyncio.to_thread(name_model, chosen.model, service.settings)
    reader = read_user().identifier
    papers = await asyncio.to_thread(service.count_papers, reader)
    scope = await asyncio.to_thread(service.find_scope(reader, chosen).write)
    await send_header(compose_header(model=model, papers=papers, scope=scope, note=note), chosen)


async def open_chosen(chosen: Preferences) -> bool:
    """Open the model that is chosen, and tell how far that is; where it fails, why. Whether it is open."""

    async def tell(progress: str) -> None:
        await show_header(chosen, note=write_text("preferences.opening", progress=progress).strip())

    opening = get_service().openings.find(chosen.model)
    if opening.is_open:
        return True
    try:
        await opening.graph(on_progress=tell)
    except UserError as error:
        await find_trouble().tell(error.write())
    except Exception:
        logger.exception("A model could not be opened")
        await find_trouble().tell(write_text("conversation.unexpected"))
    await show_header(chosen)
    return opening.is_open


async def _make_form(chosen: Preferences) -> cl.ChatSettings:
    service = get_service()
    own = await asyncio.to_thread(name_model, None, service.settings)
    return make_form(chosen, own=own, offered=await service.offers.list())
