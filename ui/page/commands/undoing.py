"""`/undo`: the conversation that was deleted last, back again."""

import chainlit as cl

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.conversations.sweeping import restore_deleted
from ui.page.commands.request import Request
from ui.page.markdown_text import escape_text


async def tell_of_deletion() -> None:
    """Say that what was deleted in this tab can be brought back."""
    await cl.context.emitter.send_toast(write_text("commands.deleted"), "info")


async def restore_conversation(request: Request) -> None:
    """Bring it back, and say which it is, with a link."""
    restored = await restore_deleted(request.service.database, user=request.user.id)
    if restored is None:
        raise UserError("commands.nothing_to_restore")
    thread, name = restored
    told = escape_text(name or write_text("commands.unnamed"))
    await cl.Message(write_text("commands.restored", name=told, link=f"/thread/{thread}")).send()
