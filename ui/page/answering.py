"""What is said to the chat: a question, or a command."""

import chainlit as cl

from ui.page.commands.reading import read_command
from ui.page.commands.request import Request
from ui.page.commands.run import name_conversation, run_command
from ui.page.service import get_service
from ui.page.tab import find_conversation
from ui.page.turn import Turn
from ui.preferences.changing import show_header
from ui.preferences.speaking import read_preferences


async def answer_message(question: cl.Message) -> None:
    """Answer a question, or do what a command says."""
    conversation, service, chosen = (
        await find_conversation(),
        get_service(),
        await read_preferences(),
    )
    if command := read_command(question.content, question.command):
        await name_conversation(command)
        request = Request(
            message=question,
            argument=command.argument,
            conversation=conversation,
            service=service,
            chosen=chosen,
        )
        await run_command(command, request)
        return
    with service.idle.give_way():
        await Turn(question, conversation=conversation, service=service, chosen=chosen).run()
    await show_header(chosen)
