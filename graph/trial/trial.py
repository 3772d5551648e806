"""Put a chat model through its tasks, and settle which profile serves it."""

import asyncio
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from langchain_core.callbacks import UsageMetadataCallbackHandler

from graph.trial.tasks import TASKS, Task, read_long_text
from models.chat.adaptive_chat import AdaptiveChat
from models.chat.capabilities import ProfileName
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, FaultKind, is_final_fault, read_fault
from models.tries import PASSING

# What a model reads at most whose server has dropped the beginning of 4,000 tokens: Ollama's own
# measure of old, which reads 2,048 unless told otherwise.
SHORT_WINDOW = 2_048


@dataclass(frozen=True)
class TaskResult:
    """What came of one task."""

    task: Task
    is_done: bool
    seconds: float
    reason: str = ""
    """Why it could not be tried, in Korean."""


OnResult = Callable[[TaskResult], None]


async def try_model(
    model: AdaptiveChat,
    *,
    at_once: int,
    first: bool = False,
    on_result: OnResult = lambda result: None,
) -> list[TaskResult]:
    """The results of all tasks, or of those for a `first` use; what is found out is kept with the model.

    A long text is not tried where its server says how much the model reads.

    Raises ModelFailed where the model cannot be asked at all.
    """
    usage = UsageMetadataCallbackHandler()
    model.callbacks = [usage]
    results = await _try_tasks(_choose_tasks(model, first), model, at_once, on_result)
    written = sum(count["output_tokens"] for count in usage.usage_metadata.values())
    _note_results(model, results, written)
    return results


def _choose_tasks(model: AdaptiveChat, first: bool) -> list[Task]:
    is_window_known = model.memory.known.window is not None
    return [
        task
        for task in TASKS
        if (task.is_first or not first) and not (is_window_known and task.perform is read_long_text)
    ]


async def _try_tasks(
    tasks: Sequence[Task], model: AdaptiveChat, at_once: int, on_result: OnResult
) -> list[TaskResult]:
    """The results in the order of the tasks; so many are tried at once."""
    turns = asyncio.Semaphore(at_once)

    async def take_turn(task: Task) -> TaskResult:
        async with turns:
            result = await _try_task(task, model)
        on_result(result)
        return result

    # The first one goes ahead: what it learns of refused parameters, the rest need not.
    first = await take_turn(tasks[0])
    return [first, *await asyncio.gather(*map(take_turn, tasks[1:]))]


def _note_results(model: AdaptiveChat, results: Sequence[TaskResult], written: int) -> None:
    """Keep what a trial has shown with the model, which wrote so many tokens in it."""
    known = model.memory.known
    loses_text = any(one.task.perform is read_long_text and not one.is_done for one in results)
    measured = replace(
        known,
        profile=settle_profile(results),
        window=known.window or (SHORT_WINDOW if loses_text else None),
        tokens_a_second=round(written / sum(one.seconds for one in results), 1),
        is_measured=True,
    )
    model.memory.learn(measured, begun=known)


def settle_profile(results: Sequence[TaskResult]) -> ProfileName:
    """strong for a model that does all that its profile cannot do without."""
    return "strong" if all(one.is_done for one in results if one.task.is_essential) else "small"


async def _try_task(task: Task, model: AdaptiveChat) -> TaskResult:
    started = time.perf_counter()
    reason = ""
    try:
        is_done = await task.perform(model)
    except MODEL_FAULTS as fault:
        if is_final_fault(fault) or read_fault(fault).kind in _list_unsettling(task):
            raise explain_fault(fault) from fault
        is_done, reason = False, str(explain_fault(fault))
    return TaskResult(task, is_done, time.perf_counter() - started, reason)


def _list_unsettling(task: Task) -> Set[FaultKind]:
    """Faults that end a trial: what a busy server did not do would be held against its model for ever."""
    return PASSING if task.is_essential else {"unreachable", "timeout"}
