"""The buttons below an answer: its sources in Korean, and all of it for the reader's notes."""

from typing import Any

import chainlit as cl
from langchain_core.language_models import BaseChatModel

from graph.render import render_in_korean
from language.catalogue import write_text
from retrieval.errors import UserError
from ui.conversations.answers import Answer

IN_KOREAN_ACTION, COPY, TRACE = "in_korean", "copy", "trace"
GO_ON, ASK_AGAIN = "go_on", "ask_again"
# What each says, and says that it does.
LABELS = {
    GO_ON: ("buttons.go_on", "buttons.go_on_tip"),
    IN_KOREAN_ACTION: ("buttons.in_korean", "buttons.in_korean_tip"),
    COPY: ("buttons.copy", "buttons.copy_tip"),
    TRACE: ("buttons.trace", "buttons.trace_tip"),
    ASK_AGAIN: ("buttons.ask_again", "buttons.ask_again_tip"),
}
ICONS = {
    GO_ON: "text-cursor-input",
    IN_KOREAN_ACTION: "languages",
    COPY: "clipboard-copy",
    TRACE: "bug",
    ASK_AGAIN: "rotate-cw",
}


def make_answer_buttons(number: int, answer: Answer) -> list[cl.Action]:
    """Those of the conversation's n-th answer (from 0)."""
    in_korean = [] if len(answer.korean) == len(answer.citations) else [IN_KOREAN_ACTION]
    names = [*([GO_ON] if answer.is_cut else []), *in_korean]
    names += [*([COPY] if answer.citations else []), TRACE]
    return [_make_button(name, {"answer": number}) for name in names]


def make_retry_button(question: str) -> cl.Action:
    """The one that asks a question again, by the id of its message."""
    return _make_button(ASK_AGAIN, {"question": question})


def _make_button(name: str, payload: dict[str, Any]) -> cl.Action:
    label, tooltip = LABELS[name]
    return cl.Action(
        name=name,
        payload=payload,
        label=write_text(label),
        tooltip=write_text(tooltip),
        icon=ICONS[name],
    )


async def put_in_korean(answer: Answer, message: cl.Message, *, model: BaseChatModel) -> bool:
    """Show each source's words in Korean below them, as they come; whether all are there."""
    await cl.context.emitter.send_toast(write_text("buttons.putting_in_korean"), "info")
    for number, piece in enumerate(answer.citations, start=1):
        if number in answer.korean:
            continue
        try:
            answer.korean[number] = await render_in_korean(piece, model=model)
        except UserError as error:
            await cl.context.emitter.send_toast(error.write(), "error")
            return False
        message.content = answer.shown
        await message.update()
    return True


async def copy_to_clipboard(text: str, said: str) -> None:
    """Have the page put a text on the reader's clipboard (public/chat.js does), and say so."""
    await cl.send_window_message({"copy": text})
    await cl.context.emitter.send_toast(said, "success")
