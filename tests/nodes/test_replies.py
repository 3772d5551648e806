"""Replies: what a model's stream may do instead of ending."""

from collections.abc import AsyncIterator

import pytest
from langchain_core.messages import AIMessageChunk

from models.faults import BadReply, BrokenStream
from nodes.replies import check_stream


async def breaking(fault: Exception) -> AsyncIterator[AIMessageChunk]:
    yield AIMessageChunk("SOLAR는")
    raise fault


@pytest.mark.parametrize(
    ("fault", "told"), [(TimeoutError(), BrokenStream), (ValueError(), BadReply)]
)
async def test_a_stream_that_stands_still_or_cannot_be_read_is_a_passing_fault(
    fault: Exception, told: type[Exception]
):
    with pytest.raises(told):
        async for _ in check_stream(breaking(fault)):
            pass
