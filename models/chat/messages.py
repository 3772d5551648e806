"""What goes to a model and comes from it, in the form that both sides of a call understand."""

from collections.abc import Sequence
from typing import cast

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.messages.ai import UsageMetadata

from language.tokens import count_tokens
from models.chat.thinking import remove_thinking


def merge_system(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """The messages with the instructions at the head of what the user says, for who knows no others."""
    instructions = [message.text for message in messages if isinstance(message, SystemMessage)]
    first, *rest = [message for message in messages if not isinstance(message, SystemMessage)]
    return [HumanMessage("\n\n".join([*instructions, first.text])), *rest]


def count_message_tokens(messages: Sequence[BaseMessage]) -> int:
    """About how many tokens a model reads."""
    return sum(count_tokens(message.text) for message in messages)


def has_more_tokens(messages: Sequence[BaseMessage], most: float) -> bool:
    """Whether a model reads more than so many; they are counted where their bytes are more at all."""
    size = sum(len(message.text.encode()) for message in messages)
    return size > most and count_message_tokens(messages) > most


def take_out_thinking(message: BaseMessage) -> tuple[AIMessage, bool]:
    """A reply as one text without its thinking; and whether that had an end and no beginning."""
    taken = remove_thinking(message.text)
    reply = cast(AIMessage, message)
    usage = count_thinking(reply.usage_metadata, taken.thought)
    changed = reply.model_copy(update={"content": taken.said, "usage_metadata": usage})
    return changed, taken.is_unopened


def count_thinking(usage: UsageMetadata | None, thought: str) -> UsageMetadata | None:
    """What a reply took, with the tokens thought in its text counted as its server counts others."""
    if not thought:
        return usage
    counted = usage or UsageMetadata(input_tokens=0, output_tokens=0, total_tokens=0)
    details = {**counted.get("output_token_details", {}), "reasoning": count_tokens(thought)}
    return cast(UsageMetadata, {**counted, "output_token_details": details})
