"""What an indexing run will take: calls, tokens, money, time."""

import math
import os
from dataclasses import dataclass

from graph.settings import Settings
from models.chat import window_of
from models.choose import Choice, choose_chat, choose_embedding
from models.prices import PUBLISHED, Price, dollars
from retrieval.index import BATCH
from retrieval.readings import HeaderCost, header_cost
from retrieval.work import Work

# Measured: tokens a second that the embedding model reads on a core, and the chat model on two.
EMBEDDED_A_CORE = 400
CHAT_READS, CHAT_WRITES = 89, 30
# A call to a server, in seconds.
CALL = 1.0


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What work takes with certain models."""

    work: Work
    headers: HeaderCost
    calls: int
    """To servers, for vectors and headers."""

    usd: float | None
    """None where a model's price is not known."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One kind of calls: for vectors, or for headers."""

    calls: int
    usd: float | None
    seconds: float


def estimated(settings: Settings, work: Work, *, contextual: bool) -> Estimate:
    """What the work takes with the models that the settings name."""
    parts = [_vectors(settings, work)]
    headers = HeaderCost()
    if contextual:
        chat = choose_chat(settings.chat_model)
        headers = header_cost(work.papers, window=settings.context_tokens or window_of(chat))
        parts.append(_headers(settings, chat, headers))
    prices = [part.usd for part in parts if part.usd is not None]
    return Estimate(
        work=work,
        headers=headers,
        calls=sum(part.calls for part in parts),
        usd=sum(prices) if len(prices) == len(parts) else None,
        seconds=sum(part.seconds for part in parts),
    )


def _vectors(settings: Settings, work: Work) -> _Part:
    choice = choose_embedding(settings.embedding_model)
    if choice.kind != "openai":
        seconds = work.tokens / (EMBEDDED_A_CORE * (os.cpu_count() or 1))
        return _Part(calls=0, usd=0.0, seconds=seconds)
    calls = sum(math.ceil(len(paper) / BATCH) for paper in work.papers)
    price = price_of(settings, choice)
    usd = dollars(price, fresh=work.tokens) if price else None
    return _Part(calls=calls, usd=usd, seconds=CALL * calls)


def _headers(settings: Settings, choice: Choice, cost: HeaderCost) -> _Part:
    fresh = cost.input_tokens - cost.cached_tokens
    if choice.kind != "openai":
        seconds = fresh / CHAT_READS + cost.output_tokens / CHAT_WRITES
        return _Part(calls=0, usd=0.0, seconds=seconds)
    price = price_of(settings, choice)
    used = {"fresh": fresh, "cached": cost.cached_tokens, "output": cost.output_tokens}
    return _Part(
        calls=cost.calls,
        usd=dollars(price, **used) if price else None,
        seconds=CALL * cost.calls / settings.contextual_parallel,
    )


def price_of(settings: Settings, choice: Choice) -> Price | None:
    """What a server's model costs; None where nobody has said it.

    Behind another address, names of OpenAI's models say nothing.
    """
    if own := settings.prices.get(choice.name):
        return Price(*own)
    return None if os.environ.get("OPENAI_BASE_URL") else PUBLISHED.get(choice.name)
