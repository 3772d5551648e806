"""Where a link leads to nothing of its reader's, a new conversation begins, whatever it leads to."""

from typing import Any

import pytest

from tests.ui.quiet_chainlit import User
from ui.access.tokens import with_token
from ui.page import lost

THREADS = {"kims": "kim", "lees": "lee"}


class FakeSocketServer:
    """Chainlit's handler, which notes in which conversation a socket is opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.handlers = {"/": {"connect": self.connect}}

    async def connect(self, sid: str, environ: dict[str, Any], auth: dict[str, Any]) -> bool:
        self.opened.append(auth["threadId"])
        return True

    def on(self, event: str, handler: Any) -> None:
        self.handlers["/"][event] = handler


@pytest.mark.parametrize(
    ("thread", "opened"), [("kims", "kims"), ("lees", ""), ("nobodys", ""), ("", "")]
)
async def test_only_ones_own_is_opened(monkeypatch: pytest.MonkeyPatch, thread: str, opened: str):
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "k" * 32)

    async def find_author(named: str) -> str:
        return THREADS.get(named, "")

    server = FakeSocketServer()
    lost.begin_anew_where_lost(server, find_author=find_author)
    scope = with_token({"type": "websocket", "headers": []}, User("kim"))

    auth = {"threadId": thread}
    assert await server.handlers["/"]["connect"]("sid", {"asgi.scope": scope}, auth)

    assert server.opened == [opened]
