"""What an indexing run will take: calls, tokens, money, time."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass

from graph.settings import Settings
from graph.spending import open_ledger
from indexing.contextual import ContextualHeaders
from models.chat.open import find_window
from models.connect.choose import Choice, choose_chat, choose_embedding
from models.cost.prices import compute_dollars, find_price
from retrieval.ingest.embed import PASSAGES_A_BATCH
from retrieval.ingest.headers import hash_text
from retrieval.ingest.progress import Progress, Step
from retrieval.ingest.readings import HeaderCost, estimate_header_cost
from retrieval.ingest.workload import Workload
from retrieval.passages import Passage

# Measured: tokens a second that the embedding model reads on a core, and the chat model on two.
EMBEDDED_A_CORE = 400
CHAT_READS, CHAT_WRITES = 89, 30
# In the order of a run.
STEP_ORDER: tuple[Step, ...] = ("fetching", "reading", "headers", "embedding")
# How long a call to a server takes.
CALL_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class CallEstimate:
    """One kind of calls: for vectors, or for headers."""

    calls: int
    usd: float | None
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What work takes with certain models."""

    work: Workload
    headers: HeaderCost
    parts: Mapping[Step, CallEstimate]
    left_usd: float | None = None
    """Of the day's budget; None where none is set."""

    @property
    def calls(self) -> int:
        """To servers, for vectors and headers."""
        return sum(part.calls for part in self.parts.values())

    @property
    def usd(self) -> float | None:
        """None where a model's price is not known."""
        prices = [part.usd for part in self.parts.values() if part.usd is not None]
        return sum(prices) if len(prices) == len(self.parts) else None

    @property
    def seconds(self) -> float:
        """How long the models take, one after the other."""
        return sum(part.seconds for part in self.parts.values())

    def sum_spent(self, progress: Progress) -> float | None:
        """What a run has cost so far, by how far it is in the step at hand."""
        if self.usd is None:
            return None
        share = progress.done / progress.total if progress.total else 1.0
        at = STEP_ORDER.index(progress.step)
        shares = {step: 1.0 for step in STEP_ORDER[:at]} | {progress.step: share}
        return sum((part.usd or 0) * shares.get(step, 0) for step, part in self.parts.items())


def estimate_work(
    settings: Settings, work: Workload, *, contextual: bool, speed: float | None = None
) -> Estimate:
    """What the work takes with the models that the settings name.

    `speed`: the characters a second that were embedded before.
    """
    parts: dict[Step, CallEstimate] = {"embedding": _estimate_vectors(settings, work, speed)}
    headers = HeaderCost()
    if contextual:
        chat = choose_chat(settings.chat_model)

        def is_written(passage: Passage) -> bool:
            key = (passage.sha256, hash_text(passage), ContextualHeaders.prompt, str(chat))
            return bool(passage.context) or key in work.headers

        headers = estimate_header_cost(
            work.papers, window=choose_header_window(settings), is_written=is_written
        )
        parts["headers"] = _estimate_headers(settings, chat, headers)
    left = open_ledger(settings).find_left()
    return Estimate(work=work, headers=headers, parts=parts, left_usd=left)


def _estimate_vectors(settings: Settings, work: Workload, speed: float | None) -> CallEstimate:
    choice = choose_embedding(settings.embedding_model)
    measured = work.characters / speed if speed else None
    if choice.runs_here:
        seconds = measured or work.tokens / (EMBEDDED_A_CORE * (os.cpu_count() or 1))
        return CallEstimate(calls=0, usd=0.0, seconds=seconds)
    calls = sum(math.ceil(len(paper) / PASSAGES_A_BATCH) for paper in work.papers)
    price = find_price(choice, settings.prices)
    usd = compute_dollars(price, fresh=work.tokens) if price else None
    return CallEstimate(calls=calls, usd=usd, seconds=measured or CALL_SECONDS * calls)


def _estimate_headers(settings: Settings, choice: Choice, cost: HeaderCost) -> CallEstimate:
    fresh = cost.input_tokens - cost.cached_tokens
    if choice.runs_here:
        seconds = fresh / CHAT_READS + cost.output_tokens / CHAT_WRITES
        return CallEstimate(calls=0, usd=0.0, seconds=seconds)
    price = find_price(choice, settings.prices)
    used = {"fresh": fresh, "cached": cost.cached_tokens, "output": cost.output_tokens}
    return CallEstimate(
        calls=cost.calls,
        usd=compute_dollars(price, **used) if price else None,
        seconds=CALL_SECONDS * cost.calls / settings.contextual_parallel,
    )


def choose_header_window(settings: Settings) -> int:
    """How many tokens the writer of headers can read; it needs not be opened for that."""
    return settings.context_tokens or find_window(choose_chat(settings.chat_model), settings.home)
