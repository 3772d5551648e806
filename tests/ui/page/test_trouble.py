"""What keeps questions from being answered is told once, and cleared when it is mended."""

from typing import Any
from uuid import uuid4

import pytest

from tests.ui import quiet_chainlit
from tests.ui.quiet_chainlit import context
from ui.page.trouble import Trouble


class Page:
    """What a tab shows."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.toasts: list[str] = []

    async def send_step(self, step: dict[str, Any]) -> None:
        self.shown[step["id"]] = step["output"]

    async def delete_step(self, step: dict[str, Any]) -> None:
        del self.shown[step["id"]]

    async def send_toast(self, line: str, kind: str) -> None:
        self.toasts.append(line)


@pytest.fixture
async def page() -> Page:
    context = quiet_chainlit.init_http_context()
    context.session.thread_id_to_resume = None
    context.emitter = Page()
    return context.emitter


async def test_it_is_told_once_and_cleared(page: Page):
    told = Trouble()
    await told.tell("OPENAI_API_KEY를 설정하세요.")
    await told.tell("OPENAI_API_KEY를 설정하세요.")
    await told.tell("논문이 없습니다.")
    assert [text.replace("\\", "") for text in page.shown.values()] == [
        "OPENAI_API_KEY를 설정하세요.",
        "논문이 없습니다.",
    ]

    await told.clear()

    assert page.shown == {}


async def test_a_conversation_that_is_opened_again_is_told_beside_it(page: Page):
    context.session.thread_id_to_resume = str(uuid4())

    await Trouble().tell("OPENAI_API_KEY를 설정하세요.")

    assert (page.shown, page.toasts) == ({}, ["OPENAI_API_KEY를 설정하세요."])
