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


def make_buttons(number: int, *, has_sources: bool, is_cut: bool) -> list[cl.Action]:
    """Those of the chat's n-th answer (from 0)."""
    payload = {"answer": number}
    go_on = cl.Action(
        name=GO_ON,
        payload=payload,
        label="이어서 쓰기",
        tooltip="끊긴 데서부터 답을 이어서 씁니다",
        icon="text-cursor-input",
    )
    in_korean = cl.Action(
        name=IN_KOREAN_ACTION,
        payload=payload,
        label="근거를 한국어로",
        tooltip="인용한 문장을 한국어로 옮겨 보여 줍니다",
        icon="languages",
    )
    copy = cl.Action(
        name=COPY,
        payload=payload,
        label="근거까지 복사",
        tooltip="답변과 근거를 마크다운으로 복사합니다",
        icon="clipboard-copy",
    )
    return [*([go_on] if is_cut else []), *([in_korean, copy] if has_sources else [])]


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
