"""What a request is told that is not let through."""

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

# The code with which a websocket is closed for what it may not do.
NOT_ALLOWED = 1008


async def refuse(scope: Scope, receive: Receive, send: Send, *, status: int, text: str) -> None:
    """Answer with one line of plain text, or close a websocket before it is open."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
    else:
        await PlainTextResponse(f"{text}\n", status)(scope, receive, send)
