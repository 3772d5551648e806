"""`/export`: the conversation as a file for the reader's notes."""

import chainlit as cl

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.page.commands.request import Request


async def offer_export(request: Request) -> None:
    """Show the link at which the page downloads it."""
    conversation = request.conversation
    if not conversation.answers:
        raise UserError("commands.nothing_to_export")
    link = f"/conversations/{conversation.thread}/export.md"
    await cl.Message(write_text("commands.export_link", link=link)).send()
