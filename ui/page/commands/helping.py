"""`/help`: what can be asked and done."""

from collections.abc import Mapping

import chainlit as cl

from language.catalogue import write_text
from ui.page.commands.reading import ALIASES, Name
from ui.page.commands.request import Request

DESCRIPTIONS: Mapping[Name, str] = {
    "search": "commands.search",
    "papers": "commands.papers",
    "compare": "commands.compare",
    "export": "commands.export",
    "undo": "commands.undo",
    "record": "commands.record",
    "help": "commands.help",
}


async def show_help(request: Request) -> None:
    """Tell what can be asked, and every command."""
    lines = [
        f"- `/{name}` (`/{korean}`): {write_text(DESCRIPTIONS[name])}"
        for korean, name in ALIASES.items()
    ]
    await cl.Message(write_text("commands.help_body", commands="\n".join(lines)).strip()).send()
