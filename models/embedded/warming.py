"""A model that runs here reads how prompts begin before a question needs it."""

from collections.abc import Iterable, Sequence
from functools import partial

from langchain_core.messages import BaseMessage

from models.chat.adaptive_chat import AdaptiveChat
from models.chat.calls import Call
from models.embedded.kept_prompts import KeptPrompts
from models.embedded.line import Line


async def read_beginnings(
    beginnings: Iterable[Sequence[BaseMessage]],
    *,
    model: AdaptiveChat,
    kept: KeptPrompts,
    line: Line,
) -> None:
    """Read each while nobody asks: from its file, else by the model, whose reading is kept then."""
    for beginning in beginnings:
        await line.work_while_free(partial(_read_beginning, beginning, model, kept))


async def _read_beginning(
    prompt: Sequence[BaseMessage], model: AdaptiveChat, kept: KeptPrompts
) -> None:
    """Have it in the server's memory, from where later calls take it."""
    is_kept = await kept.restore(prompt)
    await _read(prompt, model)
    if not is_kept:
        await kept.keep(prompt)


async def _read(prompt: Sequence[BaseMessage], model: AdaptiveChat) -> None:
    """Ask for one token, past the line. What was restored counts only once a call has used it."""
    known = model.memory.known
    client = model.open_client(known)
    await client.ainvoke(Call(prompt).write_messages(known), max_completion_tokens=1)
