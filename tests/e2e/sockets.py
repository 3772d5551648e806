"""A socket as Chainlit's page opens it, for what the page itself would never send."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

QUIET_SECONDS = 0.3
OPENED, PING, PONG, CONNECT, ENDED, EVENT = "0", "2", "3", "40", "41", "42"


class Refused(Exception):
    """The server lets no such socket in."""


class Socket:
    """An open one."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self.heard = ""

    def emit(self, event: str, *data: Any) -> None:
        """Send an event."""
        self._wire.send(f"{EVENT}{json.dumps([event, *data])}")

    def hear(self, *, until: str = "", seconds: float = QUIET_SECONDS) -> str:
        """All that comes until an event of this name, or until nothing comes for so long."""
        heard = ""
        try:
            while not (until and f'["{until}"' in heard):
                message = str(self._wire.recv(seconds))
                heard += json.dumps(_read(message), ensure_ascii=False)
                if message == PING:
                    self._wire.send(PONG)
        except (TimeoutError, ConnectionClosed):
            pass
        self.heard += heard
        return heard

    @property
    def is_ended(self) -> bool:
        """Whether the server has hung up, once nothing more comes."""
        return ENDED in self.hear() or self._wire.close_code is not None


@contextmanager
def open_socket(url: str, cookies: str, *, session: str = "", thread: str = "") -> Iterator[Socket]:
    """Connect to a session and, if one is named, a conversation; Refused where that is not wanted."""
    address = url.replace("http", "ws", 1) + "/ws/socket.io/?EIO=4&transport=websocket"
    headers = {"Cookie": cookies, "Accept-Language": "ko-KR"}
    given = {"clientType": "webapp", "sessionId": session or str(uuid4()), "threadId": thread}
    with ExitStack() as stack:
        try:
            opening = connect(address, origin=Origin(url), additional_headers=headers)
            wire = stack.enter_context(opening)
        except InvalidStatus as error:
            raise Refused from error
        assert str(wire.recv(10)).startswith(OPENED)
        wire.send(f"{CONNECT}{json.dumps({**given, 'userEnv': '{}', 'chatProfile': ''})}")
        if not str(wire.recv(10)).startswith(CONNECT):
            raise Refused
        yield Socket(wire)


def _read(message: str) -> Any:
    """What an event says; escapes are read, so that words can be looked for."""
    return json.loads(message[len(EVENT) :]) if message.startswith(EVENT) else message


def make_message(words: str, *, id: str = "", **more: Any) -> dict[str, Any]:
    """A question as the page sends it."""
    said = {
        "id": id or str(uuid4()),
        "threadId": "",
        "name": "reader",
        "type": "user_message",
        "output": words,
        "createdAt": "2026-12-01T00:00:00Z",
    }
    return {"message": {**said, **more}, "fileReferences": []}
