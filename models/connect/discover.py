"""Models of servers on this machine: which there are, how large, and which is fit to answer."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import httpx

from models.connect.addresses import API_PATH, clean_address
from models.connect.http import open_http_client

ServerKind = Literal["Ollama", "LM Studio", "vLLM"]
# Where they listen unless told otherwise.
USUAL_ADDRESSES: Mapping[ServerKind, str] = {
    "Ollama": "http://127.0.0.1:11434",
    "LM Studio": "http://127.0.0.1:1234",
    "vLLM": "http://127.0.0.1:8000",
}
# Ollama's own setting; what it listens on is often where nobody can connect to.
OLLAMA_HOST = "OLLAMA_HOST"
ANY_HOST = "0.0.0.0"
# Seconds: a server on this machine answers at once, and nobody is there at most of the ports.
CONNECT_SECONDS, READ_SECONDS = 0.3, 3.0

# Billions of parameters. Smaller ones do no better than the embedded model, for which the small
# profile was made; larger ones are slow without a graphics card, so they come last.
LEAST_SIZE, COMFORTABLE_SIZE = 3.0, 15.0
SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
EMBEDS = re.compile(r"embed|\bbge\b|bge-|\be5\b|minilm|bert|gte-", re.IGNORECASE)
NO_CHAT = re.compile(r"rerank|whisper|tts|diffusion|moderation|dall-e|image", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ServedModel:
    """A model that a server offers."""

    name: str
    server: str
    base_url: str
    size: float | None = None
    """Billions of parameters, as the server or the name says."""

    window: int | None = None
    """Tokens that it reads in one call, as the server says."""

    is_embedding: bool = False
    is_loaded: bool = False

    @property
    def can_chat(self) -> bool:
        """Whether it writes text, as far as its name says."""
        return not self.is_embedding and not NO_CHAT.search(self.name)

    @property
    def is_fit(self) -> bool:
        """Whether it can be expected to answer better than the embedded model."""
        return self.can_chat and (self.size is None or self.size >= LEAST_SIZE)


def pick_chat_model(models: tuple[ServedModel, ...]) -> ServedModel | None:
    """The fit model to take unasked: one in memory, else the largest that is not too slow."""
    return max((one for one in models if one.is_fit), key=_rank_model, default=None)


def _rank_model(model: ServedModel) -> tuple[bool, bool, float]:
    size = model.size or LEAST_SIZE
    is_comfortable = size <= COMFORTABLE_SIZE
    return model.is_loaded, is_comfortable, size if is_comfortable else -size


def read_ollama_address() -> str:
    """Where Ollama is reached, by its own setting; WrongAddress where that is none."""
    host = os.environ.get(OLLAMA_HOST, "").strip().replace(ANY_HOST, "127.0.0.1")
    if host.startswith(":"):
        host = f"127.0.0.1{host}"
    if not host:
        return f"{USUAL_ADDRESSES['Ollama']}{API_PATH}"
    scheme = "" if "://" in host else "http://"
    port = "" if ":" in host.rpartition("://")[2] else ":11434"
    return clean_address(f"{scheme}{host}{port}", OLLAMA_HOST)


@cache
def find_local_models(ollama: str | None = None) -> tuple[ServedModel, ...]:
    """What servers on this machine offer, once a process; nothing where none is running.

    `ollama`: where it is, in place of its usual address.
    """
    places = {server: f"{address}{API_PATH}" for server, address in USUAL_ADDRESSES.items()}
    if ollama:
        places["Ollama"] = ollama
    return tuple(
        model for server, address in places.items() for model in list_models(address, server)
    )


def list_models(base_url: str, server: str, *, key: str = "") -> tuple[ServedModel, ...]:
    """What the server at an address offers; nothing where it does not say."""
    root = base_url.removesuffix(API_PATH)
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    with open_http_client(base_url, timeout) as client:
        if key:
            client.headers["Authorization"] = f"Bearer {key}"
        if rows := _get_rows(client, f"{root}/api/tags", "models"):
            running = _get_rows(client, f"{root}/api/ps", "models")
            return _read_ollama(rows, running, base_url)
        rows = _get_rows(client, f"{root}/api/v0/models", "data") or _get_rows(
            client, f"{base_url}/models", "data"
        )
    return tuple(_read_model(row, server, base_url) for row in rows if row.get("id"))


def _get_rows(client: httpx.Client, url: str, name: str) -> list[dict[str, Any]]:
    """The objects of a list that a server gives; none where it gives no such thing."""
    try:
        reply = client.get(url)
        body = reply.json() if reply.is_success else {}
    except (httpx.HTTPError, ValueError):
        return []
    rows = body.get(name) if isinstance(body, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _read_ollama(
    rows: list[dict[str, Any]], running: list[dict[str, Any]], base_url: str
) -> tuple[ServedModel, ...]:
    windows = {row.get("name"): row.get("context_length") for row in running}
    return tuple(
        ServedModel(
            name=name,
            server="Ollama",
            base_url=base_url,
            size=read_size(str(_get_object(row, "details").get("parameter_size") or name)),
            window=windows.get(name),
            is_embedding=_embeds(name, _get_object(row, "details").get("family")),
            is_loaded=name in windows,
        )
        for row in rows
        if (name := str(row.get("name") or row.get("model") or ""))
    )


def _read_model(row: dict[str, Any], server: str, base_url: str) -> ServedModel:
    """A model as LM Studio, vLLM or llama.cpp list it."""
    meta = _get_object(row, "meta")
    windows = (row.get("loaded_context_length"), row.get("max_model_len"), meta.get("n_ctx"))
    parameters = meta.get("n_params")
    return ServedModel(
        name=str(row["id"]),
        server=server,
        base_url=base_url,
        size=parameters / 1e9 if isinstance(parameters, int) else read_size(str(row["id"])),
        window=next((window for window in windows if isinstance(window, int)), None),
        is_embedding=_embeds(str(row["id"]), row.get("type")),
        is_loaded=row.get("state") == "loaded",
    )


def _get_object(row: dict[str, Any], name: str) -> dict[str, Any]:
    """What a row tells under a name; nothing where that is no object."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def _embeds(name: str, kind: object) -> bool:
    return bool(EMBEDS.search(f"{name} {kind or ''}"))


def read_size(text: str) -> float | None:
    """The billions of parameters that a model's name tells ("7B"); None where it tells none."""
    found = SIZE.search(text)
    return float(found[1]) if found else None
