"""Open a chat model; whichever it is, the program talks to it through AdaptiveChat."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import openai
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from language.catalogue import Text
from models.cassettes.cassette import Cassette
from models.cassettes.played_chat import BASE_URL, Place, open_playing_client
from models.chat.adaptive_chat import AdaptiveChat, OpenClient
from models.chat.capabilities import FILE as MEMORY_FILE
from models.chat.capabilities import (
    Capabilities,
    ModelMemory,
    describe_maker,
    look_up_capabilities,
)
from models.chat.metered_chat import MeteredChat
from models.chat.queued_chat import QueuedChat
from models.connect.choose import Choice, find_address, find_key
from models.connect.http import open_async_http_client, open_http_client
from models.connect.providers import open_provider
from models.cost.meter import Meter
from models.embedded.gguf import FILE_NAME, unpack_gguf
from models.embedded.line import own_line
from models.embedded.server import CONTEXT_TOKENS, SLOTS, Server, serve_model
from models.errors import NotPlayable
from models.faults import UNREADABLE, BrokenStream, PromptTooLong

# Steady, without being stuck on one wording.
TEMPERATURE = 0.1
# The embedded model says the same thing to the same question again.
EMBEDDED_SEED = 1
# A laptop may read a long prompt for minutes before the first token, and a model may think as long.
SLOW_TIMEOUT = 300.0
# Where a model goes round in circles, it is cut off here; a small one does so more often.
ANSWER_TOKENS = 1_000
EMBEDDED_ANSWER_TOKENS = 250
# What a model that runs here reads in one call: the others' share of its memory is for a second chat.
OWN_WINDOW = CONTEXT_TOKENS // SLOTS
# What a server's model can read that says nothing of it; most can today.
USUAL_WINDOW = 128_000
# What ChatOpenAI sends that some servers refuse, and what it raises.
PARAMETERS = frozenset({"temperature", "max_completion_tokens", "reasoning_effort"})
OPENAI_FAULTS = (openai.OpenAIError, TimeoutError, BrokenStream, PromptTooLong, *UNREADABLE)
# Each maker's library raises errors of its own, which have nothing in common.
ANY_FAULT = (Exception,)

# Nobody counts the calls.
UNMETERED = Meter()

Faults = tuple[type[Exception], ...]

OnLine = Callable[[Text], None]
"""Called with a line about what takes long."""


def open_chat(
    choice: Choice,
    *,
    timeout: float,
    on_line: OnLine = lambda line: None,
    cassette: Cassette | None = None,
    kept_in: Path | None = None,
    window: int | None = None,
    meter: Meter = UNMETERED,
) -> AdaptiveChat:
    """Connect to a chat model; an embedded one is unpacked and started first.

    What is found out about the model is kept in the folder `kept_in`; a `window` that is given goes
    before what is known, and `meter` counts its calls. Behind a cassette all that waits for the
    first call that it does not hold.
    """
    open_client, faults = (
        _open_by_api(choice, timeout, on_line, cassette, meter)
        if choice.runs_here or choice.speaks_openai
        else _open_by_library(choice, timeout, cassette)
    )
    client = open_client(Capabilities())  # what is wrong with its settings is told now
    memory = open_memory(choice, None if cassette else kept_in, client)
    memory.known = replace(memory.known, window=window or memory.known.window)
    opened: dict[str, Any] = {
        "open_client": open_client,
        "memory": memory,
        "parameters": PARAMETERS,
        "faults": faults,
        "meter": UNMETERED if cassette else meter,  # it knows which calls are played
    }
    return QueuedChat(line=own_line, **opened) if choice.runs_here else MeteredChat(**opened)


def open_memory(
    choice: Choice, kept_in: Path | None, client: BaseChatModel | None = None
) -> ModelMemory:
    """What is known of a chat model: what was found out before, else what its name says.

    The name of another maker's model says something to its own `client` alone. A file of the user's
    own is as good as any model of a server's.
    """
    if choice.kind == "embedded":
        return ModelMemory(str(choice), known=Capabilities(profile="small", window=OWN_WINDOW))
    server = (find_address(choice) or "") if choice.speaks_openai else ""
    if choice.runs_here:
        known = Capabilities(window=OWN_WINDOW)
    elif choice.speaks_openai:
        known = look_up_capabilities(choice.name)
    else:
        known = describe_maker(client) if client else Capabilities()
    return ModelMemory(
        f"{choice} {server}".strip(),
        path=kept_in / MEMORY_FILE if kept_in else None,
        known=known,
    )


def _open_by_api(
    choice: Choice, timeout: float, on_line: OnLine, cassette: Cassette | None, meter: Meter
) -> tuple[OpenClient, Faults]:
    """The client of a server that speaks OpenAI's API, an embedded model's among them."""
    connect = partial(_connect_model, choice, on_line)
    if cassette:
        client = open_playing_client(cassette, connect, meter)
        place = Place(BASE_URL, "none")
    else:
        place = connect()
        client = open_async_http_client(place.base_url, timeout)
    where = {
        "base_url": place.base_url,
        "api_key": SecretStr(place.api_key),
        "http_client": open_http_client(None if cassette else place.base_url, timeout),
        "http_async_client": client,
    }
    return cache(partial(_open_client, choice, timeout, where)), OPENAI_FAULTS


def _open_by_library(
    choice: Choice, timeout: float, cassette: Cassette | None
) -> tuple[OpenClient, Faults]:
    """The client of a maker of models that speaks an API of its own."""
    if cassette:
        raise NotPlayable(cassette.path, str(choice))

    def open_client(known: Capabilities) -> BaseChatModel:
        most = ANSWER_TOKENS + known.thinking_tokens
        return open_provider(
            choice, known, temperature=TEMPERATURE, timeout=timeout, most_tokens=most
        )

    return cache(open_client), ANY_FAULT


def _connect_model(choice: Choice, on_line: OnLine) -> Place:
    """Where a chat model is reached; an embedded one is served from then on."""
    if not choice.runs_here:
        return Place(find_address(choice), find_key(choice))
    server = serve_own_model(choice, on_line=on_line)
    return Place(server.base_url, server.api_key)


def serve_own_model(choice: Choice, *, on_line: OnLine = lambda line: None) -> Server:
    """The server of a model that runs here, started once."""
    path = (
        Path(choice.name)
        if choice.kind == "gguf"
        else unpack_gguf(
            lambda done, parts: on_line(Text("chat_models.unpacking", done=done, parts=parts))
        )
    )
    on_line(Text("chat_models.loading"))
    return serve_model(path)


def find_window(choice: Choice, kept_in: Path | None = None) -> int:
    """How many tokens a chat model can read in one call; the embedded one leaves room for a chat."""
    return open_memory(choice, kept_in).known.window or USUAL_WINDOW


def _open_client(
    choice: Choice, timeout: float, where: dict[str, Any], known: Capabilities
) -> ChatOpenAI:
    own = choice.runs_here
    patience = max(timeout, SLOW_TIMEOUT) if own or known.thinking_tokens else timeout
    is_short = choice.kind == "embedded" or (own and known.profile == "small")
    most = known.thinking_tokens + (EMBEDDED_ANSWER_TOKENS if is_short else ANSWER_TOKENS)
    takes_newer = known.can_take("max_completion_tokens")
    return ChatOpenAI(
        model=Path(choice.name or FILE_NAME).stem if own else choice.name,
        temperature=TEMPERATURE if known.can_take("temperature") else None,
        seed=EMBEDDED_SEED if own else None,
        max_retries=0,  # models/tries.py
        timeout=patience,
        stream_chunk_timeout=patience,  # else 120 s, whatever was set
        stream_usage=known.can_take("stream_options"),
        max_completion_tokens=most if takes_newer else None,
        extra_body=None if takes_newer else {"max_tokens": most},
        reasoning_effort=(known.effort or None) if known.can_take("reasoning_effort") else None,
        http_socket_options=(),  # ours are the clients
        **where,
    )
