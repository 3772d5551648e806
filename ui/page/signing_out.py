"""Who signs out is out in all tabs of their browser, at once."""

from typing import Any

from chainlit.auth.cookie import get_token_from_cookies
from chainlit.server import sio
from chainlit.session import WebsocketSession, ws_sessions_id
from fastapi import Request, Response


async def end_sockets(request: Request, response: Response) -> dict[str, Any]:
    """End the sockets that were opened with this sign-in; their tabs load anew, and ask who is there."""
    token = get_token_from_cookies(request.cookies)
    for session in list(ws_sessions_id.values()):
        if token and session.token == token:
            await _end_socket(session)
    return {"success": True}


async def _end_socket(session: WebsocketSession) -> None:
    session.to_clear = True
    await sio.emit("reload", {}, to=session.socket_id)
    await sio.disconnect(session.socket_id)
