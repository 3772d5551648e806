"""A link to a conversation that is not there, or another's: its reader is told so, and begins a new one."""

from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

import chainlit as cl
from chainlit.session import BaseSession, WebsocketSession

from language.catalogue import write_text
from ui.access.tokens import read_user

# What the page says once it has left such a link (public/starting.js).
LOST = "#lost"
_lost: WeakSet[BaseSession] = WeakSet()

Connect = Callable[..., Awaitable[Any]]


def begin_anew_where_lost(sio: Any, *, find_author: Callable[[str], Awaitable[str]]) -> None:
    """Have the socket open a new conversation where the one named is not its user's: alike for all such.

    `find_author`: whose a conversation is, by name; empty: nobody's.
    """
    connect: Connect = sio.handlers["/"]["connect"]

    async def connect_or_begin(sid: str, environ: dict[str, Any], auth: dict[str, Any]) -> Any:
        thread, user = auth.get("threadId"), read_user(environ["asgi.scope"])
        if not thread or (user and await find_author(thread) == user.identifier):
            return await connect(sid, environ, auth)
        taken = await connect(sid, environ, {**auth, "threadId": ""})
        if session := WebsocketSession.get(sid):
            _lost.add(session)
        return taken

    sio.on("connect", connect_or_begin)


async def leave_where_lost() -> bool:
    """Have the page go to a new chat, if it was led to nothing; whether it was."""
    is_lost = cl.context.session in _lost
    if is_lost:
        _lost.discard(cl.context.session)
        await cl.send_window_message({"lost": True})
    return is_lost


async def tell_lost() -> None:
    """Say why the chat is a new one."""
    await cl.context.emitter.send_toast(write_text("conversation.not_there"), "warning")
