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
from graph.open import open_model
from language.catalogue import write_text
from retrieval.errors import UserError
from ui.access.guard import guard_chat
from ui.conversations.conversation import Conversation
from ui.conversations.data_layer import ConversationLayer
from ui.page import collection_routes, paper_routes
from ui.page.buttons import (
    ASK_AGAIN,
    COPY,
    GO_ON,
    IN_KOREAN_ACTION,
    TRACE,
    copy_to_clipboard,
    put_in_korean,
)
from ui.page.commands.reading import read_command
from ui.page.commands.request import Request
from ui.page.commands.run import name_conversation, offer_commands, run_command
from ui.page.commands.undoing import tell_of_deletion
from ui.page.leaving import stop_answer, stop_when_left
from ui.page.local import local_page
from ui.page.lost import LOST, begin_anew_where_lost, leave_where_lost, tell_lost
from ui.page.page_texts import add_page_texts
from ui.page.panel import open_paper
from ui.page.resuming import find_question, resume_conversation, show_older_buttons
from ui.page.routes import add_routes
from ui.page.service import get_service
from ui.page.signing_out import end_sockets
from ui.page.starters import find_starters
from ui.page.tracing.report import write_report
from ui.page.trouble import find_trouble
from ui.page.turn import Turn, begin_turn
from ui.page.underway import Indexing
from ui.preferences.changing import (
    change_preferences,
    edit_preferences,
    open_chosen,
    show_header,
    show_preferences,
)
from ui.preferences.preferences import apply_model
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
    conversation = await _conversation()
    await resume_conversation(thread, conversation, get_service().database)
    await _accompany(show_older_buttons(conversation))


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
    stop_when_left(await _conversation())


@cl.on_message
@in_reader_language
async def answer_message(question: cl.Message) -> None:
    """Answer a question, or do what a command says."""
    conversation, service, chosen = await _conversation(), get_service(), await read_preferences()
    if command := read_command(question.content, question.command):
        await name_conversation(command)
        request = Request(
            message=question,
            argument=command.argument,
            conversation=conversation,
            service=service,
            chosen=chosen,
        )
        await run_command(command, request)
        return
    with service.idle.give_way():
        await Turn(question, conversation=conversation, service=service, chosen=chosen).run()
    await show_header(chosen)


@cl.on_window_message
@in_reader_language
async def open_source(target: object) -> None:
    """Open the source that a link of this chat leads to; other messages of a page are not ours."""
    if target == DELETED:
        await tell_of_deletion()
    if target == PAPERS:
        await show_header(await read_preferences())
    if target == LOST:
        await tell_lost()
    conversation = await _conversation()
    if cited := conversation.cited(target):
        service = get_service()
        viewer = service.find_viewer(read_user().identifier)
        await open_paper(cited, target=str(target), library=service.library, viewer=viewer)


@cl.action_callback(IN_KOREAN_ACTION)
@in_reader_language
async def show_in_korean(action: cl.Action) -> None:
    """Put an answer's sources into Korean, once."""
    conversation = await _conversation()
    answer, message = conversation.answer(action.payload.get("answer")), _message(action.forId)
    if answer is None or message is None or answer in conversation.busy:
        return
    conversation.busy.append(answer)
    try:
        settings = apply_model(get_service().settings, (await read_preferences()).model)
        model = await asyncio.to_thread(open_model, settings)
        if await put_in_korean(answer, message, model=model):
            await action.remove()
    finally:
        conversation.busy.remove(answer)
        await conversation.keep_korean(answer)


@cl.action_callback(GO_ON)
@in_reader_language
async def go_on(action: cl.Action) -> None:
    """Have an answer that was cut off go on, as if its reader had said so."""
    await action.remove()
    said = cl.Message(write_text("buttons.go_on_message"), type="user_message")
    await said.send()
    begin_turn(answer_message(said))


@cl.action_callback(ASK_AGAIN)
@in_reader_language
async def ask_again(action: cl.Action) -> None:
    """Ask a question again that was not answered, in place of what was said instead."""
    conversation = await _conversation()
    question = await find_question(action.payload.get("question"), conversation)
    if question is None or conversation.running:
        return
    await action.remove()
    if failed := _message(action.forId):
        await failed.remove()
    begin_turn(answer_message(question))


@cl.action_callback(COPY)
@in_reader_language
async def copy_answer(action: cl.Action) -> None:
    """Copy an answer with its sources."""
    if answer := (await _conversation()).answer(action.payload.get("answer")):
        await copy_to_clipboard(answer.copied, write_text("buttons.copied"))


@cl.action_callback(TRACE)
@in_reader_language
async def copy_trace(action: cl.Action) -> None:
    """Copy how an answer came about, for a bug report."""
    if answer := (await _conversation()).answer(action.payload.get("answer")):
        report = write_report(answer, get_service().settings)
        await copy_to_clipboard(report, write_text("buttons.trace_copied"))


async def _accompany(*more: Coroutine[Any, Any, None]) -> None:
    """Show the reader's preferences, open their model, and do `more`, while the tab is open."""
    chosen = await read_preferences()
    work = [show_preferences(chosen), open_chosen(chosen), *more]
    cl.user_session.set("accompanying", [asyncio.create_task(one) for one in work])


def _message(id: str | None) -> cl.Message | None:
    """A message of this chat."""
    return next((one for one in cl.chat_context.get() if one.id == id), None)


async def _conversation() -> Conversation:
    """The conversation of this tab."""
    session = cl.context.session
    assert isinstance(session.user, PersistedUser)
    conversation: Conversation | None = cl.user_session.get("conversation")
    if conversation is None:
        conversation = await get_service().conversations.find(
            thread=session.thread_id, user=session.user.id
        )
        # Held by its tabs: it is forgotten with the last of them.
        cl.user_session.set("conversation", conversation)
    return conversation
