"""Offer the commands, and do what one says."""

import logging
from collections.abc import Awaitable, Callable, Mapping

import chainlit as cl
from chainlit.types import CommandDict

from language.catalogue import write_text
from retrieval.errors import UserError
from ui.page.commands.comparing import compare_papers
from ui.page.commands.exporting import offer_export
from ui.page.commands.helping import DESCRIPTIONS, show_help
from ui.page.commands.listing import list_papers
from ui.page.commands.reading import NAMES, Command, Name, list_commands
from ui.page.commands.recording import record_again
from ui.page.commands.request import Request
from ui.page.commands.searching import search_papers
from ui.page.commands.undoing import restore_conversation
from ui.page.markdown_text import escape_text

logger = logging.getLogger("munheon.chat")

COMMANDS: Mapping[Name, Callable[[Request], Awaitable[None]]] = {
    "search": search_papers,
    "papers": list_papers,
    "compare": compare_papers,
    "export": offer_export,
    "undo": restore_conversation,
    "record": record_again,
    "help": show_help,
}
ICONS: Mapping[Name, str] = {
    "search": "search",
    "papers": "library",
    "compare": "columns-2",
    "export": "download",
    "undo": "undo-2",
    "record": "cassette-tape",
    "help": "circle-help",
}


async def offer_commands() -> None:
    """Put the commands in the menu of this tab's composer."""
    offered = [
        CommandDict(
            id=name,
            description=write_text(DESCRIPTIONS[name]),
            icon=ICONS[name],
            button=False,
            persistent=False,
            selected=False,
        )
        for name in NAMES
    ]
    await cl.context.emitter.set_commands(offered)


async def name_conversation(command: Command) -> None:
    """Name a conversation that begins with a command of the menu: the page waits for its first words."""
    asked = [one for one in cl.chat_context.get() if one.type == "user_message"]
    if len(asked) == 1 and not asked[0].content:
        await cl.context.emitter.init_thread(f"/{command.word}")


async def run_command(command: Command, request: Request) -> None:
    """Do it; whatever goes wrong is told in one line."""
    try:
        if command.name:
            await COMMANDS[command.name](request)
        else:
            word, commands = f"/{command.word}", list_commands()
            raise UserError("commands.unknown", word=word, commands=commands)
    except UserError as error:
        await cl.Message(escape_text(error.write())).send()
    except Exception:
        logger.exception("A command failed")
        await cl.Message(write_text("conversation.unexpected")).send()
