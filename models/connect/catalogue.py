"""All chat models that can be reached from here, with what is known of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from language.catalogue import write_text
from models.cassettes.played_chat import OPENAI_URL
from models.chat.capabilities import Capabilities
from models.chat.open import open_memory
from models.connect.addresses import hide_secrets, read_base_url, read_openai_key
from models.connect.choose import Choice, choose_chat, find_address, find_served, name_setting
from models.connect.discover import ServedModel, list_models, read_size
from models.downloads.downloadable import list_downloadable
from models.embedded.gguf import is_installed
from models.errors import NoModel, NoServedModel

# What the embedded model has, in billions of parameters.
EMBEDDED_SIZE = 1.5


@dataclass(frozen=True, kw_only=True)
class ReachableModel:
    """A chat model that can be set."""

    choice: Choice
    where: str
    """In Korean: who runs it."""

    size: float | None
    """Billions of parameters."""

    window: int | None
    """Tokens that it reads in one call."""

    known: Capabilities
    is_chosen: bool = False
    """Whether it is the one that the settings lead to."""

    @property
    def setting(self) -> str:
        """The value of MUNHEON_CHAT_MODEL that names it."""
        return name_setting(self.choice)


def list_reachable(given: str | None, kept_in: Path) -> list[ReachableModel]:
    """The models that can be reached, the chosen one first."""
    found = {model.setting: model for model in _find_reachable(kept_in)}
    try:
        chosen = choose_chat(given)
    except (NoModel, NoServedModel):
        return list(found.values())
    first = found.pop(name_setting(chosen), None) or _describe(chosen, _name_place(chosen), kept_in)
    return [replace(first, is_chosen=True), *found.values()]


def _name_place(chosen: Choice) -> str:
    """Where a model is that no server lists: at the address that is set, else at its maker's."""
    place = "OpenAI" if chosen.reason else write_text("chat_models.in_settings")
    address = find_address(chosen) if chosen.speaks_openai else None
    return f"{place}, {hide_secrets(address)}" if address else place


def _find_reachable(kept_in: Path) -> Iterator[ReachableModel]:
    if is_installed():
        yield _describe(
            Choice("embedded"), write_text("chat_models.embedded"), kept_in, size=EMBEDDED_SIZE
        )
    for model in list_downloadable():
        if model.is_downloaded:
            yield _describe(
                Choice("gguf", str(model.path)), write_text("chat_models.downloaded"), kept_in
            )
    for served in (*_list_named_server(), *find_served()):
        if served.can_chat:
            kind = "ollama" if served.server == "Ollama" else "openai"
            choice = Choice(kind, served.name, found_at=served.base_url)
            yield _describe(choice, served.server, kept_in, size=served.size, window=served.window)


def _list_named_server() -> tuple[ServedModel, ...]:
    """What the server of OPENAI_BASE_URL offers, or OpenAI itself where there is a key for it."""
    address = read_base_url()
    try:
        key = read_openai_key()
    except NoModel:
        return ()
    return list_models(address or OPENAI_URL, address or "OpenAI", key=key)


def _describe(
    choice: Choice,
    where: str,
    kept_in: Path,
    *,
    size: float | None = None,
    window: int | None = None,
) -> ReachableModel:
    known = open_memory(choice, kept_in).known
    return ReachableModel(
        choice=choice,
        where=where,
        size=size or read_size(choice.name),
        window=known.window or window,
        known=known,
    )
