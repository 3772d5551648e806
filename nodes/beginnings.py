"""How prompts begin: the part that is the same for every question, as far as it is known before one."""

from collections.abc import Sequence

from langchain_core.messages import BaseMessage, SystemMessage
from langchain_core.prompts import ChatPromptTemplate

# Stands where a question fills in words; no prompt has it.
UNKNOWN = "\0"


def write_beginning(prompt: ChatPromptTemplate, **known: str) -> list[BaseMessage]:
    """The messages up to the first word that only a question tells."""
    unknown = dict.fromkeys(set(prompt.input_variables) - known.keys(), UNKNOWN)
    written: list[BaseMessage] = []
    for message in prompt.format_messages(**known, **unknown):
        before, cut, _ = message.text.partition(UNKNOWN)
        written.append(message.model_copy(update={"content": before}))
        if cut:
            break
    return written


def list_beginnings(
    prompts: Sequence[ChatPromptTemplate], **known: str
) -> list[Sequence[BaseMessage]]:
    """The beginnings of prompts; none of one whose instructions are not known to their end.

    It is short, and many chat templates take no instructions alone.
    """
    written = [write_beginning(prompt, **known) for prompt in prompts]
    return [messages for messages in written if not isinstance(messages[-1], SystemMessage)]
