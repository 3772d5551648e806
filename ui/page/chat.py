"""The chat: a question goes in, its steps and its answer come out, with sources that open."""

import asyncio
import logging
from collections.abc import Callable
from functools import cache
from importlib import import_module
from threading import Thread

import chainlit as cl
from chainlit import server
from langchain_core.messages import HumanMessage

from graph.notice import take_model_notice
from graph.open import open_graph, open_model
from graph.run import Finished, Graph, Run, Started, Words
from graph.settings import load_settings
from graph.warming import warm_model
from language.catalogue import write_text
from retrieval.errors import EmptyIndex, UserError
from retrieval.store.library import Library
from ui.notices import write_notices
from ui.page.buttons import (
    COPY,
    GO_ON,
    GO_ON_MESSAGE,
    IN_KOREAN_ACTION,
    copy_to_clipboard,
    make_buttons,
    put_in_korean,
)
from ui.page.local import is_same_site, local_page
from ui.page.markdown_text import escape_answer, escape_text
from ui.page.memory import Memory, new_saver
from ui.page.opening import Opening
from ui.page.panel import open_paper
from ui.page.spending import tell_of_budget
from ui.page.starters import STARTERS
from ui.page.step_trace import StepTrace
from ui.page.underway import Indexing

THEIR_STOPPED = "Task manually stopped."

logger = logging.getLogger("munheon.chat")
settings = cache(load_settings)
saver = new_saver()


def _open(on_progress: Callable[[str], None]) -> Graph:
    return open_graph(settings(), checkpointer=saver, on_line=on_progress)


opening = Opening(_open, warm_model=lambda: warm_model(settings()))
# They note every call to the model.
for name in ("httpx", "httpx2"):
    logging.getLogger(name).setLevel(logging.WARNING)
_their_page: Callable[[str], str] = server.get_html_template
server.get_html_template = lambda root_path: local_page(_their_page(root_path))
server.sio.eio.cors_allowed_origins = is_same_site


@cl.on_app_startup
async def open_early() -> None:
    """Open the graph before the first question, without keeping the page waiting.

    Then load what draws pages, which takes two seconds that the first click should not.
    """
    opening.begin().add_done_callback(
        lambda _: Thread(target=import_module, args=("pymupdf",), daemon=True).start()
    )


@cl.set_starters
async def offer_starters(
    user: cl.User | None = None, language: str | None = None
) -> list[cl.Starter]:
    """Questions to begin with."""
    return [cl.Starter(label=question, message=question) for question in STARTERS]


@cl.on_chat_start
async def greet_reader() -> None:
    """Say so where there is nothing to ask about yet, and how far an indexing run is."""
    try:
        await asyncio.to_thread(_check_library)
        if notice := await asyncio.to_thread(take_model_notice, settings()):
            # No message: the questions to begin with are offered to an empty chat alone.
            await cl.context.emitter.send_toast(notice, "info")
    except UserError as error:
        await cl.Message(escape_text(str(error))).send()
    cl.user_session.set("indexing", asyncio.create_task(Indexing(_library(), cl.Message).follow()))


@cl.on_chat_end
async def stop_following() -> None:
    """Look no more how far an indexing run is."""
    if following := cl.user_session.get("indexing"):
        following.cancel()


@cl.on_message
async def answer_message(question: cl.Message) -> None:
    """Answer a question; whatever goes wrong, the next one is welcome."""
    message = cl.Message("")
    trace = StepTrace(parent=message.parent_id)
    try:
        await _answer(question.content, message, trace)
        await tell_of_budget(settings(), cl.Message)
    except UserError as error:
        await _fail(message, trace, str(error))
    except Exception:
        logger.exception("A question failed")
        await _fail(message, trace, write_text("conversation.unexpected"))
    except asyncio.CancelledError:
        await trace.fail()
        if message.streaming:
            await message.update()
        raise


@cl.on_stop
async def say_stopped() -> None:
    """Say in Korean what Chainlit has just said in English."""
    for message in cl.chat_context.get():
        if message.content == THEIR_STOPPED:
            message.content = write_text("conversation.stopped")
            await message.update()


@cl.on_window_message
async def open_source(target: object) -> None:
    """Open the source that a link of this chat leads to; other messages of a page are not ours."""
    memory = _memory()
    if cited := memory.cited(target):
        await open_paper(cited, target=str(target), memory=memory, library=_library())


@cl.action_callback(IN_KOREAN_ACTION)
async def show_in_korean(action: cl.Action) -> None:
    """Put an answer's sources into Korean, once."""
    memory = _memory()
    answer, message = memory.answer(action.payload.get("answer")), _message(action.forId)
    if answer is None or message is None or answer in memory.busy:
        return
    memory.busy.append(answer)
    try:
        model = await asyncio.to_thread(open_model, settings())
        if await put_in_korean(answer, message, model=model):
            await action.remove()
    finally:
        memory.busy.remove(answer)


@cl.action_callback(GO_ON)
async def go_on(action: cl.Action) -> None:
    """Have an answer that was cut off go on, as if its reader had said so."""
    await action.remove()
    said = cl.Message(GO_ON_MESSAGE, type="user_message")
    await said.send()
    await answer_message(said)


@cl.action_callback(COPY)
async def copy_answer(action: cl.Action) -> None:
    """Copy an answer with its sources."""
    if answer := _memory().answer(action.payload.get("answer")):
        await copy_to_clipboard(answer)


async def _answer(question: str, message: cl.Message, trace: StepTrace) -> None:
    """Show the steps, the answer as it is written, and at the end its sources."""
    await asyncio.to_thread(_check_library)
    graph = await opening.graph(on_progress=trace.load)
    memory = _memory()
    await memory.forget_unanswered(graph)
    run, text = Run(), ""
    async for event in run.stream(graph, [HumanMessage(question)], thread=memory.thread):
        if isinstance(event, Words):
            text = text + event.text if event.text else ""
            await message.stream_token(escape_answer(text), is_sequence=True)
        elif isinstance(event, Started):
            await trace.start(event)
        elif isinstance(event, Finished):
            await trace.finish(event, run)
    cut = run.state["cut"]
    notices = [f"({line})" for line in write_notices(cut, run.state["left_out"])]
    text = "\n\n".join([run.state["messages"][-1].text, *notices])
    answer = memory.add(text, run.state["citations"])
    message.content = answer.shown
    message.actions = make_buttons(
        len(memory.answers) - 1, has_sources=bool(answer.citations), is_cut=bool(cut)
    )
    await message.send()


def _message(id: str | None) -> cl.Message | None:
    """A message of this chat."""
    return next((one for one in cl.chat_context.get() if one.id == id), None)


async def _fail(message: cl.Message, trace: StepTrace, line: str) -> None:
    await trace.fail()
    message.content, message.is_error = escape_text(line), True
    await message.send()


def _library() -> Library:
    return Library(settings().home)


def _check_library() -> None:
    """EmptyIndex where no paper can be searched."""
    library = _library()
    if not library.exists() or not library.list_titles():
        raise EmptyIndex(library.home)


def _memory() -> Memory:
    """This conversation's memory."""
    memory: Memory | None = cl.user_session.get("memory")
    if memory is None:
        memory = Memory(saver)
        cl.user_session.set("memory", memory)
    return memory
