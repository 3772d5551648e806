"""The chat: what Chainlit calls when a page opens, a question comes, a button is clicked."""

import asyncio
import gc
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

import chainlit as cl
from chainlit import server
from chainlit.config import config
from chainlit.data import get_data_layer
from chainlit.types import ThreadDict
from chainlit.user import PersistedUser

from graph.notice import take_model_notice
from retrieval.errors import UserError
from ui.access.guard import guard_chat
from ui.conversations.data_layer import ConversationLayer
from ui.page import collection_routes, paper_routes
from ui.page.answering import answer_message
from ui.page.clicks import CLICKS
from ui.page.commands.run import offer_commands
from ui.page.commands.undoing import tell_of_deletion
from ui.page.leaving import stop_answer, stop_when_left
from ui.page.local import local_page
from ui.page.lost import LOST, begin_anew_where_lost, leave_where_lost, tell_lost
from ui.page.page_texts import add_page_texts
from ui.page.panel import open_paper
from ui.page.resuming import resume_conversation
from ui.page.routes import add_routes
from ui.page.service import get_service
from ui.page.signing_out import end_sockets
from ui.page.starters import find_starters
from ui.page.tab import find_conversation
from ui.page.trouble import find_trouble
from ui.page.underway import Indexing
from ui.preferences.changing import (
    change_preferences,
    edit_preferences,
    open_chosen,
    show_header,
    show_preferences,
)
from ui.preferences.speaking import in_reader_language, read_preferences, read_user

logger = logging.getLogger("munheon.chat")
# What the page says when it has deleted a conversation (public/deleting.js).
DELETED = "#deleted"
# And when there are other papers, or others are asked (public/papers/shelf.js).
PAPERS = "#papers"
# They note every call to the model.
for name in ("httpx", "httpx2"):
    logging.getLogger(name).setLevel(logging.WARNING)
_their_page: Callable[[str], str] = server.get_html_template
server.get_html_template = lambda root_path: local_page(_their_page(root_path))
add_routes(server.app, paper_routes.router, collection_routes.router)
# Chainlit's own says in English that it stops, and that is kept with the conversation.
server.sio.on("stop", stop_answer)
begin_anew_where_lost(
    server.sio, find_author=lambda thread: get_data_layer().get_thread_author(thread)
)
guard_chat(get_service().settings)
add_page_texts()
cl.on_message(in_reader_language(answer_message))
for name, act in CLICKS.items():
    cl.action_callback(name)(in_reader_language(act))


@cl.data_layer
def keep_conversations() -> ConversationLayer:
    """Where Chainlit keeps what is said."""
    service = get_service()
    return ConversationLayer(service.database, on_delete=service.sweep)


@cl.on_app_startup
async def open_early() -> None:
    """Open the graph before the first question, without keeping the page waiting.

    Then load what draws pages, which takes two seconds that the first click should not.
    """
    service = get_service()
    await service.start()
    service.openings.find(None).begin().add_done_callback(
        lambda _: Thread(target=_load_what_stays, daemon=True).start()
    )


@cl.on_app_shutdown
async def stop_early() -> None:
    """Stop indexing where it can be gone on with."""
    await asyncio.to_thread(get_service().papers.stop)


def _load_what_stays() -> None:
    """Load what draws pages, then set aside what has been loaded: it stays as long as the server.

    Else it is looked through for garbage again and again, which stops all chats for .2 s each time.
    """
    import_module("pymupdf")
    gc.collect()
    gc.freeze()


@cl.set_starters
async def offer_starters(
    user: cl.User | None = None, language: str | None = None
) -> list[cl.Starter]:
    """Questions to begin with."""
    assert isinstance(user, PersistedUser)
    service = get_service()
    chosen = await service.preferences.read(user.id)
    papers = partial(service.asked_papers, user.identifier, chosen)
    found = await find_starters(service.settings, language, papers=papers)
    return [cl.Starter(label=one.label, message=one.message) for one in found]


@cl.on_chat_start
@in_reader_language
async def greet_reader() -> None:
    """Say so where there is nothing to ask about yet, and how far an indexing run is."""
    if await leave_where_lost():
        return
    service = get_service()
    reader = read_user().identifier
    service.starter_writing.begin()
    await offer_commands()
    try:
        await asyncio.to_thread(service.check_library, reader)
        if notice := await asyncio.to_thread(take_model_notice, service.settings):
            # No message: the questions to begin with are offered to an empty chat alone.
            await cl.context.emitter.send_toast(notice, "info")
    except UserError as error:
        await find_trouble().tell(error.write())
    indexing = Indexing(
        service.library,
        cl.Message,
        count_papers=partial(service.count_papers, reader),
        is_ours=lambda: service.papers.is_indexing,
    )
    await _accompany(indexing.follow())


@in_reader_language
async def resume(thread: ThreadDict) -> None:
    """Bring a conversation back, with its buttons and what is being answered."""
    await offer_commands()
    conversation = await find_conversation()
    await resume_conversation(thread, conversation, get_service().database)
    await _accompany()


# Their decorators tell the page that all is done when these are: an answer may be under way.
config.code.on_chat_resume = resume
config.code.on_settings_update = in_reader_language(change_preferences)
config.code.on_settings_edit = in_reader_language(edit_preferences)
config.code.on_logout = end_sockets


@cl.on_chat_end
async def leave() -> None:
    """Look no more how far an indexing run is; stop the answer when no tab comes back for it."""
    for task in cl.user_session.get("accompanying") or []:
        task.cancel()
    stop_when_left(await find_conversation())


@cl.on_window_message
@in_reader_language
async def heed_page(target: object) -> None:
    """Open the source that a link of this chat leads to, and do what the page's scripts ask for."""
    if target == DELETED:
        await tell_of_deletion()
    if target == PAPERS:
        await show_header(await read_preferences())
    if target == LOST:
        await tell_lost()
    conversation = await find_conversation()
    if cited := conversation.cited(target):
        service = get_service()
        viewer = service.find_viewer(read_user().identifier)
        await open_paper(cited, target=str(target), library=service.library, viewer=viewer)


async def _accompany(*more: Coroutine[Any, Any, None]) -> None:
    """Show the reader's preferences, open their model, and do `more`, while the tab is open."""
    chosen = await read_preferences()
    work = [show_preferences(chosen), open_chosen(chosen), *more]
    cl.user_session.set("accompanying", [asyncio.create_task(one) for one in work])
