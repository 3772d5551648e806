"""Work that gives way to questions."""

import asyncio

import pytest

from models.errors import NoModel
from ui.starters.idle import IdleWork


async def test_work_is_done_piece_by_piece_until_nothing_is_left():
    left = [True, True, False]

    async def work() -> bool:
        return left.pop(0)

    await IdleWork(rest=0).run(work)

    assert left == []


async def test_nothing_begins_while_a_question_is_under_way_or_was_just_now():
    begun = asyncio.Event()

    async def work() -> bool:
        begun.set()
        return False

    idle = IdleWork(rest=0.05)
    with idle.give_way():
        running = asyncio.create_task(idle.run(work))
        await asyncio.sleep(0.1)
        assert not begun.is_set()
    await asyncio.sleep(0.01)
    assert not begun.is_set()

    await asyncio.wait_for(running, 5)
    assert begun.is_set()


async def test_a_question_ends_the_piece_under_way_which_is_begun_anew():
    begun, first, release = [], asyncio.Event(), asyncio.Event()

    async def work() -> bool:
        begun.append(1)
        first.set()
        await release.wait()
        return False

    idle = IdleWork(rest=0)
    running = asyncio.create_task(idle.run(work))
    await first.wait()
    with idle.give_way():
        await asyncio.sleep(0.01)
        release.set()
        assert len(begun) == 1

    await asyncio.wait_for(running, 5)
    assert len(begun) == 2


async def test_a_fault_ends_the_work():
    async def work() -> bool:
        raise NoModel()

    with pytest.raises(NoModel):
        await IdleWork(rest=0).run(work)


async def test_the_piece_under_way_ends_with_its_runner():
    ended = asyncio.Event()

    async def work() -> bool:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return False

    running = asyncio.create_task(IdleWork(rest=0).run(work))
    await asyncio.sleep(0.01)
    running.cancel()

    assert await asyncio.wait_for(ended.wait(), 5)
