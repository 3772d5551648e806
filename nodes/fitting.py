"""Ask a model with as much as it can read."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from models.faults import PromptTooLong

Piece = TypeVar("Piece")
Reply = TypeVar("Reply")


async def ask_with_less(
    pieces: Sequence[Piece], ask: Callable[[Sequence[Piece]], Awaitable[Reply]]
) -> tuple[Reply, int]:
    """The reply to the first pieces that the model has room for, and how many of the last are left out.

    The weakest come last. PromptTooLong where it has no room for one.
    """
    kept = list(pieces)
    while True:
        try:
            return await ask(kept), len(pieces) - len(kept)
        except PromptTooLong:
            if len(kept) < 2:
                raise
            kept = kept[: len(kept) // 2]
