"""Signing out ends the sockets of that sign-in, and no others."""

from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Request, Response

from tests.ui.quiet_chainlit import WebsocketSession
from ui.page import signing_out


def make_session(token: str) -> Any:
    return SimpleNamespace(token=token, socket_id=f"socket of {token}", to_clear=False)


@pytest.mark.parametrize(("cookie", "ended"), [("one", ["one"]), ("three", []), ("", [])])
async def test_the_tabs_of_a_sign_in_end_together(
    monkeypatch: pytest.MonkeyPatch, cookie: str, ended: list[str]
):
    sessions: dict[str, WebsocketSession] = {one: make_session(one) for one in ("one", "two", "")}
    told: list[str] = []

    async def emit(event: str, data: object, *, to: str) -> None:
        told.append(f"{event}: {to}")

    async def disconnect(socket: str) -> None:
        told.append(f"end: {socket}")

    monkeypatch.setattr(signing_out, "ws_sessions_id", sessions)
    monkeypatch.setattr(signing_out, "sio", SimpleNamespace(emit=emit, disconnect=disconnect))
    headers = [(b"cookie", f"access_token={cookie}".encode())]
    request = Request({"type": "http", "headers": headers})

    await signing_out.end_sockets(request, Response())

    assert told == [f"{what}: socket of {one}" for one in ended for what in ("reload", "end")]
    assert [name for name, one in sessions.items() if one.to_clear] == ended
