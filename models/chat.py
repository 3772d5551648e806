"""Open a chat model; whichever it is, the program talks to it through ChatOpenAI."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from models.cassette import Cassette
from models.choose import Choice, read_base_url, read_openai_key
from models.errors import explain_connection
from models.gguf import FILE_NAME, unpack_gguf
from models.played_chat import BASE_URL, Place, open_playing_client
from models.server import CONTEXT_TOKENS, SLOTS, serve_model

# Steady, without being stuck on one wording.
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

OnLine = Callable[[str], None]
"""Called with a line about what takes long."""


def open_chat(
    choice: Choice,
    *,
    timeout: float,
    on_line: OnLine = lambda line: None,
    cassette: Cassette | None = None,
) -> BaseChatModel:
    """Connect to a chat model; an embedded one is unpacked and started first.

    Behind a cassette all that waits for the first call that it does not hold.
    """
    connect = partial(_connect_model, choice, on_line)
    if cassette:
        client = open_playing_client(cassette, connect)
        place, http = Place(BASE_URL, "none"), {"http_async_client": client}
    else:
        place, http = connect(), {}
    return _open_client(
        choice, timeout=timeout, base_url=place.base_url, api_key=SecretStr(place.api_key), **http
    )


def _connect_model(choice: Choice, on_line: OnLine) -> Place:
    """Where a chat model is reached; an embedded one is served from then on."""
    if not choice.runs_here:
        return Place(read_base_url(), read_openai_key())
    path = (
        Path(choice.name)
        if choice.kind == "gguf"
        else unpack_gguf(lambda done, parts: on_line(f"내장 모델을 푸는 중 {done}/{parts}"))
    )
    on_line("모델을 메모리에 올리는 중")
    server = serve_model(path)
    return Place(server.base_url, server.api_key)


def find_window(choice: Choice) -> int:
    """How many tokens a chat model can read in one call; the embedded one leaves room for a chat."""
    if choice.runs_here:
        return CONTEXT_TOKENS // SLOTS
    known = ChatOpenAI(model=choice.name, api_key=SecretStr("none")).profile or {}
    return known.get("max_input_tokens") or USUAL_WINDOW


def _open_client(choice: Choice, *, timeout: float, **where: Any) -> ChatOpenAI:
    own = choice.runs_here
    patience = max(timeout, EMBEDDED_TIMEOUT) if own else timeout
    with explain_connection():
        return ChatOpenAI(
            model=Path(choice.name or FILE_NAME).stem if own else choice.name,
            temperature=TEMPERATURE,
            seed=EMBEDDED_SEED if own else None,
            max_retries=RETRIES,
            timeout=patience,
            stream_chunk_timeout=patience,  # else 120 s, whatever was set
            stream_usage=True,
            max_completion_tokens=EMBEDDED_ANSWER_TOKENS if own else ANSWER_TOKENS,
            **where,
        )
