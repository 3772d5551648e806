"""Which model a name stands for: OpenAI's, one behind its API, an embedded one, a GGUF file."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from models.errors import NoModel, UnknownModel, WrongConnection
from models.gguf import is_installed

CHAT_SETTING = "MUNHEON_CHAT_MODEL"
OPENAI_CHAT = "gpt-4o-mini"
OPENAI_EMBEDDING = "text-embedding-3-small"


@dataclass(frozen=True)
class Choice:
    """A model, by the way it is reached."""

    kind: Literal["openai", "embedded", "gguf"]
    name: str = ""

    @property
    def runs_here(self) -> bool:
        """Whether it runs on this machine, at no cost."""
        return self.kind != "openai"

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


def read_openai_key() -> str:
    """The key for OpenAI's API; a server of one's own may need none. NoModel without either."""
    key = os.environ.get("OPENAI_API_KEY")
    if not key and not os.environ.get("OPENAI_BASE_URL"):
        raise NoModel
    return key or "none"


def choose_chat(given: str | None) -> Choice:
    """The chat model that a setting names; unset: OpenAI's with a key, else the embedded one."""
    if given and given.endswith(".gguf"):
        return Choice("gguf", str(Path(given).expanduser()))
    return _choose_model(given, CHAT_SETTING, OPENAI_CHAT)


def choose_embedding(given: str | None) -> Choice:
    """The embedding model that a setting names; unset: OpenAI's with a key, else the embedded one."""
    return _choose_model(given, "MUNHEON_EMBEDDING_MODEL", OPENAI_EMBEDDING)


def _choose_model(given: str | None, setting: str, default: str) -> Choice:
    if not given:
        if os.environ.get("OPENAI_API_KEY"):
            return Choice("openai", default)
        if not is_installed():
            raise NoModel
        return Choice("embedded")
    kind, _, name = given.partition(":")
    if kind == "openai" and name:
        return Choice("openai", name)
    if given == "embedded":
        return Choice("embedded")
    raise UnknownModel(given, setting, takes_file=setting == CHAT_SETTING)


def read_base_url() -> str | None:
    """The address of another server than OpenAI's; WrongConnection where it is none."""
    url = os.environ.get("OPENAI_BASE_URL")
    try:
        _ = urlsplit(url or "").port
    except ValueError as error:
        raise WrongConnection from error
    return url
