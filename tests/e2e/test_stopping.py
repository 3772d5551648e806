"""Who stops waiting for the embedded model has the processor back at once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from time import process_time

import pytest
from langchain_core.messages import HumanMessage

from models.chat.adaptive_chat import AdaptiveChat
from models.chat.open import open_chat
from models.connect.choose import Choice

pytestmark = pytest.mark.e2e

LONG = HumanMessage("The whale swims. " * 1_200 + "Say what it does.")
WORDY = HumanMessage("Write a long essay on whales.")
# Of one core; what a process without a model at work takes is a hundredth of it.
AT_REST = 0.05
# Processor seconds: the batch that is being read, and one more. A quiet machine with two cores does
# them in a second; counted so, a busy one fails no test.
LITTLE = 4.0


async def read_stream(model: AdaptiveChat, prompt: HumanMessage) -> None:
    async with aclosing(model.astream([prompt])) as chunks:  # type: ignore[type-var]
        async for _ in chunks:
            pass


async def ask(model: AdaptiveChat, prompt: HumanMessage) -> None:
    await model.ainvoke([prompt])


async def rest() -> None:
    """Wait until no thread of this process works."""
    work = 1.0
    while work > AT_REST:
        before = process_time()
        await asyncio.sleep(1)
        work = process_time() - before


@pytest.mark.parametrize("call", [ask, read_stream])
@pytest.mark.parametrize("prompt", [LONG, WORDY], ids=["reading", "writing"])
async def test_the_model_stops_with_its_reader(
    call: Callable[[AdaptiveChat, HumanMessage], Awaitable[None]], prompt: HumanMessage
):
    model = open_chat(Choice("embedded"), timeout=60)
    asked = asyncio.ensure_future(call(model, prompt))
    await asyncio.sleep(3)
    assert not asked.done()

    asked.cancel()
    before = process_time()
    await asyncio.wait_for(rest(), 60)

    assert process_time() - before < LITTLE
