"""Put a chat model through its tasks, and settle which profile serves it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.callbacks import UsageMetadataCallbackHandler

from graph.trial.tasks import TASKS, Task, read_long_text
from models.adaptive_chat import AdaptiveChat
from models.capabilities import ProfileName
from models.explain import explain_fault
from models.faults import MODEL_FAULTS, is_final_fault, read_fault

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
    essential: bool = False,
    on_result: OnResult = lambda result: None,
) -> list[TaskResult]:
    """The results of all tasks, or of the `essential` ones; what is found out is kept with the model.

    A long text is not tried where its server says how much the model reads.

    Raises ModelFailed where the model cannot be asked at all.
    """
    tasks = [task for task in TASKS if task.is_essential or not essential]
    if model.memory.known.window:
        tasks = [task for task in tasks if task.perform is not read_long_text]
    turns, usage = asyncio.Semaphore(at_once), UsageMetadataCallbackHandler()
    model.callbacks = [usage]

    async def take_turn(task: Task) -> TaskResult:
        async with turns:
            result = await _try_task(task, model)
        on_result(result)
        return result

    # The first one goes ahead: what it learns of refused parameters, the rest need not.
    results = [await take_turn(tasks[0])]
    results += await asyncio.gather(*map(take_turn, tasks[1:]))
    known = model.memory.known
    window = known.window
    if any(one.task.perform is read_long_text and not one.is_done for one in results):
        window = window or SHORT_WINDOW
    written = sum(count["output_tokens"] for count in usage.usage_metadata.values())
    model.memory.learn(
        replace(
            known,
            profile=settle_profile(results),
            window=window,
            tokens_a_second=round(written / sum(one.seconds for one in results), 1),
            is_measured=True,
        )
    )
    return results


def settle_profile(results: Sequence[TaskResult]) -> ProfileName:
    """strong for a model that does all that its profile cannot do without."""
    return "strong" if all(one.is_done for one in results if one.task.is_essential) else "small"


async def _try_task(task: Task, model: AdaptiveChat) -> TaskResult:
    started = time.perf_counter()
    reason = ""
    try:
        is_done = await task.perform(model)
    except MODEL_FAULTS as fault:
        if is_final_fault(fault) or read_fault(fault).kind in {"unreachable", "timeout"}:
            raise explain_fault(fault) from fault
        is_done, reason = False, str(explain_fault(fault))
    return TaskResult(task, is_done, time.perf_counter() - started, reason)
