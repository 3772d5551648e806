"""Ids that come from outside: a UUID, or refused before Chainlit makes a path or a query of it."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access.refusing import refuse
from ui.ids import is_id

IN_PATH = re.compile(r"/project/(?:thread|file)/([^/]*)(?:/element/([^/]*))?.*", re.DOTALL)
NAMES = (
    "id sessionId threadId parentId forId elementId feedbackId stepId cursor "
    "session_id thread_id parent_id element_id ask_parent_id"
).split()
# A form or an upload has its ids in the address.
NOT_JSON = ("multipart/form-data", "application/x-www-form-urlencoded")
LONGEST_BODY = 1_000_000
# Events whose payload holds ids.
EVENTS = ("client_message", "edit_message", "message_favorite")


class CheckedIds:
    """Refuses requests with an id that is none: in the path, the query or a JSON body."""

    def __init__(self, app: ASGIApp, *, socket_path: str) -> None:
        self._app = app
        self._socket_path = socket_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(self._socket_path):
            return await self._app(scope, receive, send)
        if not all(map(is_id_or_nothing, _list_address_ids(scope))):
            return await refuse(scope, receive, send, status=400, text="Invalid id")
        if not has_json(scope):
            return await self._app(scope, receive, send)
        body = await _read_body(receive)
        if body is None:
            return await refuse(scope, receive, send, status=413, text="Too long")
        if not _has_valid_ids(body):
            return await refuse(scope, receive, send, status=400, text="Invalid id")
        return await self._app(scope, _replay(body, receive), send)


def is_id_or_nothing(value: object) -> bool:
    """Whether a value is an id, or none was sent."""
    return value in (None, "") or is_id(value)


def find_ids(value: object) -> Iterator[object]:
    """All that stands under the name of an id in an object, or deeper in it."""
    if isinstance(value, dict):
        yield from (value[name] for name in NAMES if name in value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from find_ids(inner)


def has_json(scope: Scope) -> bool:
    """Whether a request may have a JSON body."""
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return scope["method"] not in ("GET", "HEAD", "OPTIONS") and kind not in NOT_JSON


def check_events(sio: Any) -> None:
    """Have the socket's events refuse ids that are none."""
    handlers = sio.handlers["/"]
    sio.on("connect", _checked_connect(handlers["connect"]))
    for event in EVENTS:
        sio.on(event, _checked_event(sio, handlers[event]))


def _list_address_ids(scope: Scope) -> Iterator[object]:
    """The ids in a path and its query."""
    if match := IN_PATH.fullmatch(scope["path"]):
        yield from match.groups()
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    yield from (value for name, value in query if name in NAMES)


def _has_valid_ids(body: bytes) -> bool:
    """Whether a body is no JSON, or has no id that is none."""
    try:
        return all(map(is_id_or_nothing, find_ids(json.loads(body))))
    except ValueError:
        return True
    except RecursionError:
        return False


async def _read_body(receive: Receive) -> bytes | None:
    """A request's body; None where it is too long."""
    body, has_more = b"", True
    while has_more:
        message = await receive()
        body += message.get("body", b"")
        has_more = message.get("more_body", False)
        if len(body) > LONGEST_BODY:
            return None
    return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """Hand out a body that was read, then what comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return messages.pop() if messages else await receive()

    return replayed


Handler = Callable[..., Awaitable[Any]]


def _checked_connect(connect: Handler) -> Handler:
    """Let connect who shows the ids of a page of ours."""

    async def checked(sid: str, environ: dict[str, Any], auth: object = None) -> Any:
        given = auth if isinstance(auth, dict) else {}
        is_page = given.get("clientType") == "webapp" and given.get("sessionId")
        if not is_page or not all(map(is_id_or_nothing, find_ids(given))):
            raise ConnectionRefusedError("invalid id")
        return await connect(sid, environ, auth)

    return checked


def _checked_event(sio: Any, handle: Handler) -> Handler:
    """Handle an event with valid ids; whoever sends others is no page of ours."""

    async def checked(sid: str, payload: object = None) -> Any:
        if not isinstance(payload, dict) or not all(map(is_id_or_nothing, find_ids(payload))):
            return await sio.disconnect(sid)
        return await handle(sid, payload)

    return checked
