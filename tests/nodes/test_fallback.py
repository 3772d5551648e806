"""Fallback: the fixed sentence, and nothing else."""

from nodes.fallback import INSUFFICIENT, fallback
from nodes.state import State
from tests.samples import evidence


async def test_the_fixed_sentence_ends_the_turn():
    found = [evidence("SOLAR has 48 layers.")]

    update = await fallback(State(messages=[], evidence=found, citations=found))

    assert INSUFFICIENT == "정보가 부족하여 답변할 수 없습니다."
    assert [message.text for message in update["messages"]] == [INSUFFICIENT]
    assert update["outcome"] == "insufficient"
    assert update["evidence"] == update["citations"] == []
