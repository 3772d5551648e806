"""A model is asked with as much as it has room for."""

from collections.abc import Sequence

import pytest

from models.faults import PromptTooLong
from nodes.fitting import ask_with_less


def reads_at_most(most: int):
    async def ask(pieces: Sequence[str]) -> str:
        if len(pieces) > most:
            raise PromptTooLong("too long")
        return "".join(pieces)

    return ask


@pytest.mark.parametrize(
    ("most", "reply", "left_out"), [(8, "abcdefgh", 0), (5, "abcd", 4), (1, "a", 7)]
)
async def test_the_last_pieces_are_left_out_until_the_model_has_room(
    most: int, reply: str, left_out: int
):
    assert await ask_with_less("abcdefgh", reads_at_most(most)) == (reply, left_out)


async def test_what_has_no_room_alone_is_told():
    with pytest.raises(PromptTooLong):
        await ask_with_less("abc", reads_at_most(0))
