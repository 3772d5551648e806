"""In which order arrivals are indexed: owners in turn, each owner's in the order in which they came."""

from collections import deque
from collections.abc import Mapping, Sequence

from ui.papers.arrivals.arrival import RUNNING, Arrival

# So few are indexed together that the first of them is soon there.
MAX_BATCH = 8


def plan_batches(arrivals: Sequence[Arrival], *, last_owner: str | None) -> list[list[Arrival]]:
    """What waits, in batches; the owner who was served last comes last."""
    queues: dict[str, deque[Arrival]] = {}
    for one in arrivals:
        if one.state == "waiting":
            queues.setdefault(one.owner, deque()).append(one)
    owners = deque(sorted(queues, key=lambda owner: owner == last_owner))
    batches = []
    while owners:
        owner = owners.popleft()
        batches.append(_take_batch(queues[owner]))
        if queues[owner]:
            owners.append(owner)
    return batches


def count_ahead(arrivals: Sequence[Arrival], *, last_owner: str | None) -> Mapping[str, int]:
    """How many go before each that waits."""
    running = sum(one.state in RUNNING for one in arrivals)
    batches = plan_batches(arrivals, last_owner=last_owner)
    order = [one.id for batch in batches for one in batch]
    return {id: running + place for place, id in enumerate(order)}


def _take_batch(queue: deque[Arrival]) -> list[Arrival]:
    """The next files of an owner together; what is fetched or read again goes alone."""
    batch = [queue.popleft()]
    while batch[0].is_file and queue and queue[0].is_file and len(batch) < MAX_BATCH:
        batch.append(queue.popleft())
    return batch
