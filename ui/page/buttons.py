"""The buttons below an answer: its sources in Korean, and all of it for the reader's notes."""

import chainlit as cl
from langchain_core.language_models import BaseChatModel

from graph.render import render_in_korean
from retrieval.errors import UserError
from ui.page.memory import Answer

IN_KOREAN_ACTION, COPY, GO_ON = "in_korean", "copy", "go_on"
# What a click on the last says.
GO_ON_MESSAGE = "이어서 답해 주세요."
WORKING = "근거를 한국어로 옮기는 중…"
COPIED = "답변과 근거를 마크다운으로 복사했습니다."


# Each button's words, what it says it does, and its picture.
BUTTONS = {
    GO_ON: ("이어서 쓰기", "끊긴 데서부터 답을 이어서 씁니다", "text-cursor-input"),
    IN_KOREAN_ACTION: (
        "근거를 한국어로",
        "인용한 문장을 한국어로 옮겨 보여 줍니다",
        "languages",
    ),
    COPY: ("근거까지 복사", "답변과 근거를 마크다운으로 복사합니다", "clipboard-copy"),
}


def make_buttons(number: int, *, has_sources: bool, is_cut: bool) -> list[cl.Action]:
    """Those of the chat's n-th answer (from 0)."""
    names = [*([GO_ON] if is_cut else []), *([IN_KOREAN_ACTION, COPY] if has_sources else [])]
    return [_make_button(name, number) for name in names]


def _make_button(name: str, number: int) -> cl.Action:
    label, tooltip, icon = BUTTONS[name]
    return cl.Action(name=name, payload={"answer": number}, label=label, tooltip=tooltip, icon=icon)


async def put_in_korean(answer: Answer, message: cl.Message, *, model: BaseChatModel) -> bool:
    """Show each source's words in Korean below them, as they come; whether all are there."""
    await cl.context.emitter.send_toast(WORKING, "info")
    for number, piece in enumerate(answer.citations, start=1):
        if number in answer.korean:
            continue
        try:
            answer.korean[number] = await render_in_korean(piece, model=model)
        except UserError as error:
            await cl.context.emitter.send_toast(str(error), "error")
            return False
        message.content = answer.shown
        await message.update()
    return True


async def copy_to_clipboard(answer: Answer) -> None:
    """Have the page put the answer on the reader's clipboard (public/chat.js does)."""
    await cl.send_window_message({"copy": answer.copied})
    await cl.context.emitter.send_toast(COPIED, "success")
