"""What becomes of an answer that its reader stops, or does not wait for."""

import asyncio

from chainlit.server import sio
from chainlit.session import WebsocketSession, ws_sessions_id

from ui.conversations.conversation import Conversation

# Seconds in which a reader may come back: a reload, a lost connection, another page.
GRACE = 60
_waiting: set[asyncio.Task[None]] = set()


async def stop_answer(sid: str) -> None:
    """Stop what the page of a socket is waiting for."""
    if (session := WebsocketSession.get(sid)) and session.current_task:
        session.current_task.cancel()


def stop_when_left(conversation: Conversation) -> None:
    """Stop what is being answered, unless some tab has the conversation open after a while."""
    if conversation.running:
        task = asyncio.create_task(_stop_after_grace(conversation))
        _waiting.add(task)
        task.add_done_callback(_waiting.discard)


async def _stop_after_grace(conversation: Conversation) -> None:
    turn = conversation.running
    await asyncio.sleep(GRACE)
    if turn and turn is conversation.running and not is_watched(conversation.thread):
        turn.stop()


def is_watched(thread: str) -> bool:
    """Whether a conversation is open in some tab."""
    return any(
        session.thread_id == thread and sio.manager.is_connected(session.socket_id, "/")
        for session in ws_sessions_id.values()
    )
