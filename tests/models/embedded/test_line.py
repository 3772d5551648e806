"""The line before a model: one question after the other, told how many are ahead, left when stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from models.embedded.line import Line, Place, begin_question


@asynccontextmanager
async def asking(line: Line, told: list[int] | None = None) -> AsyncIterator[Place]:
    """A question whose first call has its turn."""
    place = begin_question((told if told is not None else []).append)
    try:
        async with line.hold_turn():
            pass
        yield place
    finally:
        place.leave()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_question_keeps_its_turn_between_its_calls_and_others_hear_how_many_are_ahead():
    line, told, order = Line(), [[], [], []], []
    ends = [asyncio.Event() for _ in range(3)]

    async def ask(number: int) -> None:
        async with asking(line, told[number]):
            order.append(number)
            await ends[number].wait()
            async with line.hold_turn():  # a later call of the same question
                order.append(number)

    tasks = [asyncio.create_task(ask(number)) for number in range(3)]
    await settle()
    assert order == [0]
    assert told == [[], [1], [2]]

    for end in ends:
        end.set()
        await settle()
    await asyncio.gather(*tasks)
    assert order == [0, 0, 1, 1, 2, 2]
    assert told == [[], [1, 0], [2, 1, 0]]


async def test_calls_side_by_side_of_one_question_share_its_turn_and_are_told_once():
    line, told = Line(), []
    first = begin_question()
    async with line.hold_turn():
        pass

    async def ask() -> int:
        async def call() -> int:
            async with line.hold_turn():
                return len(told)

        place = begin_question(told.append)
        counts = await asyncio.gather(call(), call())
        place.leave()
        return sum(counts)

    waiting = asyncio.create_task(ask())
    await settle()
    first.leave()
    await waiting

    assert told == [1, 0]


async def test_who_stops_waiting_leaves_the_line():
    line, told = Line(), []

    async def ask(heard: list[int]) -> None:
        async with asking(line, heard):
            pass

    async with asking(line):
        stopped = asyncio.create_task(ask([]))
        await settle()
        last = asyncio.create_task(ask(told))
        await settle()
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
        await settle()
        assert told == [2, 1]
    await asyncio.wait_for(last, 1)


async def test_a_call_of_no_question_is_one_by_itself():
    line = Line()
    async with asking(line):
        pass  # over: what is asked in its context from here on belongs to no question

    async with line.hold_turn():
        other = asyncio.create_task(asyncio.wait_for(enter(line), 0.01))
        with pytest.raises(TimeoutError):
            await other
    await asyncio.wait_for(enter(line), 1)


async def enter(line: Line) -> None:
    begin_question().is_over = True
    async with line.hold_turn():
        pass


async def test_questions_of_another_threads_loop_wait_as_well():
    line = Line()
    async with asking(line):
        other = asyncio.create_task(asyncio.to_thread(asyncio.run, enter(line)))
        await asyncio.sleep(0.05)
        assert not other.done()
    await asyncio.wait_for(other, 1)


async def test_work_beside_is_broken_off_for_a_question_and_begun_anew_after_it():
    line, events, goes_on = Line(), [], asyncio.Event()

    async def work() -> str:
        events.append("begun")
        try:
            await goes_on.wait()
        except asyncio.CancelledError:
            events.append("broken off")
            raise
        return "done"

    working = asyncio.create_task(line.work_while_free(work))
    await settle()
    async with asking(line):
        await settle()
        assert events == ["begun", "broken off"]
        goes_on.set()
        await settle()
        assert not working.done()

    assert await working == "done"
    assert events == ["begun", "broken off", "begun"]


async def test_work_beside_that_is_stopped_stops():
    line, stopped = Line(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            stopped.set()

    working = asyncio.create_task(line.work_while_free(work))
    await settle()
    working.cancel()

    with pytest.raises(asyncio.CancelledError):
        await working
    assert stopped.is_set()
