"""`/undo`: the conversation that was deleted last, back again."""

import chainlit as cl
from chainlit.data import get_data_layer

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.conversations.sweeping import restore_deleted
from ui.page.commands.request import Request
from ui.page.markdown_text import escape_text

# In the session: the conversation that it shows was deleted, which the page may go on to show.
DELETED_HERE = "deleted_here"


async def tell_of_deletion() -> None:
    """Say that what was deleted in this tab can be brought back."""
    thread = cl.context.session.thread_id
    if not await get_data_layer().get_thread_author(thread):
        cl.user_session.set(DELETED_HERE, thread)
    await cl.context.emitter.send_toast(write_text("commands.deleted"), "info")


async def restore_conversation(request: Request) -> None:
    """Bring it back, and say which it is, with a link."""
    # The one that goes on here comes back by the very word that asks for it.
    here = cl.user_session.get(DELETED_HERE)
    cl.user_session.set(DELETED_HERE, None)
    database, user = request.service.database, request.user.id
    restored = await restore_deleted(database, user=user, thread=here)
    if restored is None:
        raise UserError("commands.nothing_to_restore")
    thread, name = restored
    told = escape_text(name or write_text("commands.unnamed"))
    await cl.Message(write_text("commands.restored", name=told, link=f"/thread/{thread}")).send()
