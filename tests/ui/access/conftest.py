"""Chainlit's own app behind the guards, and people who call it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from starlette.types import ASGIApp

from graph.settings import Settings
from tests.ui.quiet_chainlit import (
    User,
    WebsocketSession,
    config,
    server,
    ws_sessions_id,
    ws_sessions_sid,
)
from ui.access.accounts import Accounts
from ui.access.guard import list_guards, offer_sign_in
from ui.access.passwords import _hasher

URL = "http://localhost:8000"
PASSWORD = "a long password"
CALLBACKS = ("header_auth_callback", "password_auth_callback", "oauth_callback", "data_layer")


@pytest.fixture(autouse=True)
def chainlit_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, an address, and no callback of another test; hashing that is quick."""
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "k" * 32)
    monkeypatch.setattr(config.project, "user_session_timeout", 60)
    monkeypatch.setattr(config.run, "host", "127.0.0.1")
    monkeypatch.setattr(config.run, "port", 8000)
    for name in CALLBACKS:
        monkeypatch.setattr(config.code, name, None)
    monkeypatch.setattr("ui.access.passwords._hasher", type(_hasher)(1, 8, 1))


@pytest.fixture
def accounts(settings: Settings) -> Accounts:
    """Two accounts: kim, an admin, and lee."""
    accounts = Accounts(settings.home)
    accounts.add("kim", PASSWORD, is_admin=True)
    accounts.add("lee", PASSWORD)
    return accounts


def guarded(settings: Settings) -> ASGIApp:
    """Chainlit's app behind the guards of these settings."""
    app: ASGIApp = server.app
    for guard, options in reversed(list_guards(settings, offer_sign_in(settings))):
        app = guard(app, **options)
    return app


@pytest.fixture
async def callers() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def call(callers: AsyncExitStack, app: ASGIApp, **headers: str) -> httpx.AsyncClient:
    """Somebody with a cookie jar of their own."""
    transport = httpx.ASGITransport(app=app)
    client = httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)
    return await callers.enter_async_context(client)


async def sign_in(client: httpx.AsyncClient, name: str, password: str = PASSWORD) -> httpx.Response:
    """Send the sign-in page's form."""
    return await client.post("/login", data={"username": name, "password": password})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[WebsocketSession]:
    """A running chat of kim's."""
    made = WebsocketSession(
        id=str(uuid4()),
        socket_id="socket",
        emit=lambda *_: None,
        emit_call=lambda *_: None,
        user_env={},
        client_type="webapp",
        user=User("kim"),
    )
    yield made
    ws_sessions_id.pop(made.id)
    ws_sessions_sid.pop(made.socket_id)


def put_file(session: WebsocketSession, path: Path, kind: str) -> str:
    """Put a file into a chat; the address that it has there."""
    path.write_text("<script>alert(1)</script>")
    id = str(uuid4())
    session.files[id] = {"id": id, "path": path, "name": "a", "type": kind, "size": 1}
    return f"/project/file/{id}?session_id={session.id}"
