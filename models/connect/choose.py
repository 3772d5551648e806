"""Which model a name stands for, and which is taken where none is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from language.catalogue import Text
from models.connect.addresses import API_PATH, has_openai_key, read_base_url, read_openai_key
from models.connect.discover import (
    USUAL_ADDRESSES,
    ServedModel,
    find_local_models,
    list_models,
    pick_chat_model,
    read_ollama_address,
)
from models.embedded.gguf import is_installed
from models.errors import NoModel, NoServedModel, UnknownModel
from retrieval.loopback import is_loopback

CHAT_SETTING = "MUNHEON_CHAT_MODEL"
EMBEDDING_SETTING = "MUNHEON_EMBEDDING_MODEL"
OPENAI_CHAT = "gpt-4o-mini"
OPENAI_EMBEDDING = "text-embedding-3-small"
# Names that people use, by LangChain's.
ALIASES: Mapping[str, str] = {
    "google": "google_genai",
    "gemini": "google_genai",
    "mistral": "mistralai",
    "azure": "azure_openai",
    "claude": "anthropic",
}
# Servers on this machine that are named by what they are, where they usually listen.
LOCAL_SERVERS: Mapping[str, str] = {
    "lmstudio": f"{USUAL_ADDRESSES['LM Studio']}{API_PATH}",
    "vllm": f"{USUAL_ADDRESSES['vLLM']}{API_PATH}",
}
PROVIDER = re.compile(r"[a-z][a-z0-9_]+")


@dataclass(frozen=True)
class Choice:
    """A model, by the way it is reached."""

    kind: str
    """openai, ollama, embedded, gguf, or a provider of LangChain."""

    name: str = ""
    found_at: str = field(default="", compare=False)
    """The address of the server that it was found at, where nobody has named one."""

    reason: Text | None = field(default=None, compare=False)
    """Why it was taken unasked."""

    @property
    def runs_here(self) -> bool:
        """Whether it runs inside this process."""
        return self.kind in ("embedded", "gguf")

    @property
    def speaks_openai(self) -> bool:
        """Whether its server speaks OpenAI's API."""
        return self.kind in ("openai", "ollama")

    @property
    def is_free(self) -> bool:
        """Whether it runs on this machine, at no cost."""
        return self.runs_here or (self.speaks_openai and is_loopback(find_address(self) or ""))

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


def choose_chat(given: str | None) -> Choice:
    """The chat model that a setting names; unset: by key, else of a local server, else embedded."""
    if not given:
        return _choose_default_chat()
    if given.endswith(".gguf"):
        return Choice("gguf", str(Path(given).expanduser()))
    return _choose_named(given, CHAT_SETTING)


def choose_embedding(given: str | None) -> Choice:
    """The embedding model that a setting names; unset: by key, else embedded, else of a local server."""
    return _choose_named(given, EMBEDDING_SETTING) if given else _choose_default_embedding()


def name_setting(choice: Choice) -> str:
    """The value of a setting that leads to a model."""
    if choice.kind == "gguf":
        return choice.name
    if choice.kind == "openai" and choice.found_at != read_base_url():
        for server, address in LOCAL_SERVERS.items():
            if choice.found_at == address:
                return f"{server}:{choice.name}"
    return str(choice)


def find_address(choice: Choice) -> str | None:
    """Where the server of a model that speaks OpenAI's API is; None: OpenAI's own."""
    if choice.found_at:
        return choice.found_at
    return read_ollama_address() if choice.kind == "ollama" else read_base_url()


def find_key(choice: Choice) -> str:
    """The key for the server of a model that speaks OpenAI's API; a key goes to no other server."""
    is_named = choice.kind == "openai" and not choice.found_at
    return read_openai_key() if is_named else "none"


def _choose_named(given: str, setting: str) -> Choice:
    """The choice that `embedded` or KIND:NAME stands for; UnknownModel for anything else."""
    kind, _, name = (part.strip() for part in given.partition(":"))
    takes_more = setting == CHAT_SETTING
    if given.strip() == "embedded":
        return Choice("embedded")
    if name and kind in LOCAL_SERVERS:
        return Choice("openai", name, found_at=LOCAL_SERVERS[kind])
    choice = Choice(ALIASES.get(kind, kind), name)
    is_named = bool(name) and kind not in ("embedded", "gguf") and PROVIDER.fullmatch(kind)
    if not is_named or not (choice.speaks_openai or takes_more):
        raise UnknownModel(given, setting, takes_more=takes_more)
    return choice


def _choose_default_chat() -> Choice:
    if has_openai_key():
        return Choice("openai", OPENAI_CHAT, reason=Text("chat_models.by_key"))
    if address := read_base_url():
        if picked := pick_chat_model(list_models(address, address)):
            return _take_served(picked, Text("chat_models.by_address"))
        raise NoServedModel(address)
    if picked := pick_chat_model(find_served()):
        return _take_served(picked, Text("chat_models.found_here", server=picked.server))
    if is_installed():
        return Choice("embedded", reason=Text("chat_models.nothing_else"))
    raise NoModel


def _choose_default_embedding() -> Choice:
    if has_openai_key():
        return Choice("openai", OPENAI_EMBEDDING)
    if is_installed():
        return Choice("embedded")
    address = read_base_url()
    served = list_models(address, address) if address else find_served()
    if found := next((one for one in served if one.is_embedding), None):
        return _take_served(found, None)
    raise NoModel


def name_served(model: ServedModel) -> Choice:
    """A model of a server by the name that can be set; ollama: stands for the Ollama of its setting."""
    is_usual = model.server == "Ollama" and model.base_url == read_ollama_address()
    return Choice("ollama" if is_usual else "openai", model.name, found_at=model.base_url)


def find_served() -> tuple[ServedModel, ...]:
    """What servers on this machine offer, Ollama where its own setting says."""
    ollama = read_ollama_address()
    return find_local_models(ollama if is_loopback(ollama) else None)


def _take_served(model: ServedModel, reason: Text | None) -> Choice:
    return replace(name_served(model), reason=reason)
