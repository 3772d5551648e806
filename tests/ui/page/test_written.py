"""An answer while it is written."""

import asyncio

from tests.ui import quiet_chainlit  # noqa: F401
from ui.page import written
from ui.page.written import WrittenAnswer


class Message:
    """What a page is sent of a message."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    async def stream_token(self, text: str, is_sequence: bool) -> None:
        self.shown.append(text)


async def test_words_that_come_fast_are_shown_together_and_none_is_left_out(monkeypatch):
    monkeypatch.setattr(written, "PAUSE", 0.01)
    message = Message()
    answer = WrittenAnswer(message)
    for number in range(1_000):
        answer.add(f"{number} ")
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)

    assert message.shown[-1] == answer.text
    assert answer.text.endswith("998 999 ")
    assert len(message.shown) < 100


async def test_an_answer_that_starts_over_is_shown_anew():
    message = Message()
    answer = WrittenAnswer(message)
    for words in ("틀린 말", None, "맞는 [link](x) 말"):
        answer.add(words)
    await asyncio.sleep(0.01)

    assert message.shown == [answer.text]
    assert "틀린" not in answer.text
    assert r"\[link\]" in answer.text


async def test_nothing_is_shown_after_its_end():
    message = Message()
    answer = WrittenAnswer(message)
    answer.add("하나")
    answer.end()
    await asyncio.sleep(0.01)

    assert message.shown == []
    assert answer.text == "하나"
