"""A GGUF model behind the OpenAI API, served inside this process on a loopback port."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal
from threading import current_thread, main_thread

from platformdirs import user_cache_path

from models.errors import ModelFailed, NoModel

CONTEXT_TOKENS = 16_384
# A question is translated by two prompts side by side; questions go one after the other (line.py).
SLOTS = 2
# Tokens that are read at a stretch, which nothing breaks off: two seconds on two cores.
BATCH_TOKENS = 128
# Prompts begin alike; keeping more of them than this would only fill a laptop.
PROMPT_CACHE_MIB = 256
QUIET = -1
# What every GGUF file begins with.
MAGIC = b"GGUF"


@dataclass(frozen=True)
class Server:
    """Where a served model is reached; it stops with the process."""

    base_url: str
    api_key: str
    runtime: object
    """Kept so that the server lives as long as this record."""

    model: Path
    """The file that it serves."""


def is_gguf(path: Path) -> bool:
    """Whether a file is a model, by how it begins."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


@contextmanager
def _end_at_interrupt() -> Iterator[None]:
    """Let Ctrl-C end the process at once: a model that is half loaded hears none, and waits for ever."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_DFL)
    try:
        yield
    finally:
        signal(SIGINT, before)


@cache
def serve_model(path: Path) -> Server:
    """Start serving a model on a free loopback port, once for each file."""
    # Its threads wait asleep: spinning, two models on one machine take three times as long as one,
    # not twice. OpenMP reads it as it is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        import xllamacpp  # a hundred megabytes, so only who serves loads it
    except ImportError as error:
        raise NoModel from error
    if not path.is_file():
        raise ModelFailed("chat_models.no_file", file=path)
    if not is_gguf(path):
        raise ModelFailed("chat_models.no_gguf", file=path)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = SLOTS
    params.kv_unified = True
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.slot_save_path = f"{find_kept_folder()}/"
    params.verbosity = QUIET
    params.port = 0
    key = secrets.token_urlsafe(32)
    params.api_keys = [key]
    try:
        with _end_at_interrupt():
            runtime = xllamacpp.Server(params)
    except (RuntimeError, MemoryError, OSError, ValueError) as error:
        raise ModelFailed("chat_models.not_started", file=path, reason=str(error)) from error
    return Server(f"{runtime.listening_address}/v1", key, runtime, path)


def find_kept_folder() -> Path:
    """Where a server keeps what it has read (kept_prompts.py)."""
    return user_cache_path("munheon") / "prompts"
