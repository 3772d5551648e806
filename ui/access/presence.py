"""Every request is from somebody who is welcome now, or from nobody."""

from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language.catalogue import Text
from ui.access.members import LOCAL, LocalMembers, Members
from ui.access.refusing import NOT_ALLOWED, refuse
from ui.access.tokens import list_cookies, read_user, with_token, without_token

caller_address: ContextVar[str] = ContextVar("caller_address", default="")
"""From where the request of this moment comes."""


class Presence:
    """Asks at each request whether its user is still welcome; signs in the user of this machine."""

    def __init__(self, app: ASGIApp, *, members: Members, socket_path: str) -> None:
        self._app = app
        self._members = members
        self._socket_path = socket_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as its user's; nobody reaches the socket."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        caller_address.set(scope["client"][0] if scope.get("client") else "")
        if not await self.is_welcome(scope):
            if isinstance(self._members, LocalMembers) and comes_from_here(scope):
                send = _giving_cookie(scope, send)
                scope = with_token(scope, LOCAL)
            elif read_user(scope):
                scope = without_token(scope)
            if scope["path"].startswith(self._socket_path) and not read_user(scope):
                text = str(Text("access.signed_out"))
                return await refuse(scope, receive, send, status=401, text=text)
        if scope["type"] == "websocket":
            return await WatchedSocket(self, scope, receive, send).run(self._app)
        return await self._app(scope, receive, send)

    async def is_welcome(self, scope: Scope) -> bool:
        """Whether a request has a user, who is welcome."""
        user = read_user(scope)
        return user is not None and await self._members.welcome(user)


class WatchedSocket:
    """A websocket that is closed at the first message of somebody who is no longer welcome."""

    def __init__(self, presence: Presence, scope: Scope, receive: Receive, send: Send) -> None:
        self._presence = presence
        self._scope = scope
        self._receive = receive
        self._send = send
        self._is_closed = False

    async def run(self, app: ASGIApp) -> None:
        """Serve the socket."""
        await app(self._scope, self._receive_of_member, self._send_to_member)

    async def _receive_of_member(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive" or await self._presence.is_welcome(self._scope):
            return message
        await self._send_to_member({"type": "websocket.close", "code": NOT_ALLOWED})
        self._is_closed = True
        return {"type": "websocket.disconnect", "code": NOT_ALLOWED}

    async def _send_to_member(self, message: Message) -> None:
        if not self._is_closed:
            await self._send(message)


def comes_from_here(scope: Scope) -> bool:
    """Whether a browser opens the page, or the page itself asks: the gate let no other site in."""
    headers = Headers(scope=scope)
    if "origin" in headers or headers.get("sec-fetch-site") == "same-origin":
        return True
    opens = scope["type"] == "http" and "text/html" in headers.get("accept", "")
    return opens and not scope["path"].startswith("/project/")


def _giving_cookie(scope: Scope, send: Send) -> Send:
    """Send, with the local user's cookie beside what is answered."""

    async def giving(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            cookies = list_cookies(scope, LOCAL)
            message = {**message, "headers": [*message.get("headers", []), *cookies]}
        await send(message)

    return giving
