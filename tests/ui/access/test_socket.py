"""The socket: whose it is, and what it takes."""

from typing import Any

import pytest
from starlette.types import Message

from tests.ui.quiet_chainlit import User
from ui.access.accounts import Accounts
from ui.access.ids import EVENTS, check_events
from ui.access.members import AccountMembers, as_user
from ui.access.presence import Presence
from ui.access.tokens import with_token

ID = "91d4e622-8911-4e92-8ba6-19947c6bc3d9"
SCOPE = {"type": "websocket", "path": "/ws/socket.io/", "headers": [], "client": ("10.0.0.1", 1)}


class FakeSocketServer:
    """Chainlit's handlers, which note what reaches them."""

    def __init__(self) -> None:
        self.reached: list[Any] = []
        self.thrown_out: list[str] = []
        self.handlers = {"/": dict.fromkeys(("connect", *EVENTS), self.note)}

    async def note(self, *given: Any) -> bool:
        self.reached.append(given[-1])
        return True

    def on(self, event: str, handler: Any) -> None:
        self.handlers["/"][event] = handler

    async def disconnect(self, sid: str) -> None:
        self.thrown_out.append(sid)


@pytest.fixture
def sio() -> FakeSocketServer:
    server = FakeSocketServer()
    check_events(server)
    return server


async def test_a_page_connects(sio: FakeSocketServer):
    auth = {"clientType": "webapp", "sessionId": ID, "threadId": "", "userEnv": "{}"}

    assert await sio.handlers["/"]["connect"]("sid", {}, auth)
    assert sio.reached == [auth]


@pytest.mark.parametrize(
    "auth",
    [
        None,
        [],
        {},
        {"clientType": "webapp", "sessionId": ""},
        {"clientType": "webapp", "sessionId": "../../etc"},
        {"clientType": "webapp", "sessionId": ID, "threadId": "' OR 1"},
        {"clientType": "webapp", "sessionId": [ID]},
        {"clientType": "copilot", "sessionId": ID},
    ],
)
async def test_others_do_not(sio: FakeSocketServer, auth: object):
    with pytest.raises(ConnectionRefusedError):
        await sio.handlers["/"]["connect"]("sid", {}, auth)
    assert sio.reached == []


@pytest.mark.parametrize("event", EVENTS)
async def test_events_with_other_ids_end_the_connection(sio: FakeSocketServer, event: str):
    handle = sio.handlers["/"][event]
    message = {"message": {"id": ID, "threadId": "", "parentId": None, "output": "id"}}
    await handle("good", message)
    for payload in (None, "x", {"message": {"id": "x"}}, {"fileReferences": [{"id": "../x"}]}):
        await handle("bad", payload)

    assert sio.reached == [message]
    assert sio.thrown_out == ["bad"] * 4


class Wire:
    """Both ends of a websocket, and an app that answers each message."""

    def __init__(self, *messages: Message) -> None:
        self.messages, self.sent, self.read = list(messages), list[Message](), list[str]()

    async def receive(self) -> Message:
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            self.read.append(message.get("text", message["type"]))
            await self.before_answer()
            await send({"type": "websocket.send", "text": "answer"})
        await send({"type": "websocket.send", "text": "too late"})

    async def before_answer(self) -> None: ...


async def test_a_socket_ends_with_its_account(accounts: Accounts):
    wire = Wire(*({"type": "websocket.receive", "text": text} for text in ("one", "two")))

    async def remove() -> None:
        accounts.remove("kim")

    wire.before_answer = remove
    presence = Presence(wire.app, members=AccountMembers(accounts), socket_path="/ws/socket.io")
    scope = with_token(SCOPE, as_user(accounts.find("kim")))

    await presence(scope, wire.receive, wire.send)

    assert wire.read == ["one"]
    assert [message["type"] for message in wire.sent] == ["websocket.send", "websocket.close"]


@pytest.mark.parametrize("user", [None, User("kim"), User("local"), User("github:kim")])
async def test_a_socket_is_opened_to_members_alone(accounts: Accounts, user: User | None):
    wire = Wire()
    presence = Presence(
        wire.app, members=AccountMembers(accounts, ["google"]), socket_path="/ws/socket.io"
    )

    await presence(with_token(SCOPE, user) if user else SCOPE, wire.receive, wire.send)

    assert wire.sent == [{"type": "websocket.close", "code": 1008}]
