"""What the buttons below an answer do."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import chainlit as cl

from graph.open import open_model
from language.catalogue import write_text
from ui.page.answering import answer_message
from ui.page.buttons import (
    ASK_AGAIN,
    COPY,
    GO_ON,
    IN_KOREAN_ACTION,
    TRACE,
    copy_to_clipboard,
    put_in_korean,
)
from ui.page.resuming import find_question
from ui.page.service import get_service
from ui.page.tab import find_conversation, find_message
from ui.page.tracing.report import write_report
from ui.page.turn import begin_turn
from ui.preferences.preferences import apply_model
from ui.preferences.speaking import read_preferences


async def show_in_korean(action: cl.Action) -> None:
    """Put an answer's sources into Korean, once."""
    conversation = await find_conversation()
    answer, message = conversation.answer(action.payload.get("answer")), find_message(action.forId)
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


async def go_on(action: cl.Action) -> None:
    """Have an answer that was cut off go on, as if its reader had said so."""
    await action.remove()
    said = cl.Message(write_text("buttons.go_on_message"), type="user_message")
    await said.send()
    begin_turn(answer_message(said))


async def ask_again(action: cl.Action) -> None:
    """Ask a question again that was not answered, in place of what was said instead."""
    conversation = await find_conversation()
    question = await find_question(action.payload.get("question"), conversation)
    if question is None or conversation.running:
        return
    await action.remove()
    if failed := find_message(action.forId):
        await failed.remove()
    begin_turn(answer_message(question))


async def copy_answer(action: cl.Action) -> None:
    """Copy an answer with its sources."""
    if answer := (await find_conversation()).answer(action.payload.get("answer")):
        await copy_to_clipboard(answer.copied, write_text("buttons.copied"))


async def copy_trace(action: cl.Action) -> None:
    """Copy how an answer came about, for a bug report."""
    if answer := (await find_conversation()).answer(action.payload.get("answer")):
        report = write_report(answer, get_service().settings)
        await copy_to_clipboard(report, write_text("buttons.trace_copied"))


CLICKS: Mapping[str, Callable[[cl.Action], Awaitable[None]]] = {
    IN_KOREAN_ACTION: show_in_korean,
    GO_ON: go_on,
    ASK_AGAIN: ask_again,
    COPY: copy_answer,
    TRACE: copy_trace,
}
