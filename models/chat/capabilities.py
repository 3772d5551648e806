"""What a chat model bears: known of it by name, measured, or learnt from what its server refuses."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import httpx
from filelock import FileLock, Timeout
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr, TypeAdapter, ValidationError

# In the order in which they are tried: each asks less of a model than the one before.
Structure = Literal["schema", "tools", "json", "numbers"]
STRUCTURES: tuple[Structure, ...] = ("schema", "tools", "json", "numbers")

ProfileName = Literal["strong", "small"]

# Added to what a reply may take where a model thinks first: such models are said to think 500 to
# 5,000 tokens on a question like ours. Doubled where it was not enough, up to the most.
THINKING_TOKENS, MOST_THINKING_TOKENS = 8_000, 32_000

FILE = "models.json"
# Seconds to wait for another process that writes the file, which takes it a moment.
LOCK_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What one model behind one server bears."""

    refused: frozenset[str] = frozenset()
    """Parameters that its server refuses, by the names of OpenAI's API; `system` for such messages."""

    structure: Structure = "schema"
    """The most that can be asked of it for an object."""

    thinking_tokens: int = 0
    """How many tokens it may think beside its reply; 0 where it does not think."""

    thinks_unopened: bool = False
    """Whether its thinking has an end and no beginning."""

    effort: str = ""
    """The least effort of thinking that it offers; empty where it offers no choice."""

    window: int | None = None
    """Tokens that it can read in one call, where that is known."""

    profile: ProfileName | None = None
    """How it is asked best; None until that is known or measured."""

    tokens_a_second: float | None = None
    """How fast it wrote when it was measured, reading included."""

    is_measured: bool = False

    def can_take(self, parameter: str) -> bool:
        """Whether a parameter may be sent."""
        return parameter not in self.refused


ROW = TypeAdapter(Capabilities)


def choose_plainer(one: Structure, other: Structure) -> Structure:
    """The way of the two that asks less of a model."""
    return max(one, other, key=STRUCTURES.index)


@cache
def look_up_capabilities(name: str) -> Capabilities:
    """What LangChain's profile data say of a model of OpenAI's; nothing of one they don't know.

    Gateways put its maker before the name ("openai/gpt-4o-mini").
    """
    # Of a client that connects to nobody: it needs no proxy and no certificates.
    nobody = ChatOpenAI(
        model=name.rpartition("/")[2],
        api_key=SecretStr("none"),
        http_client=httpx.Client(trust_env=False, verify=False),
        http_async_client=httpx.AsyncClient(trust_env=False, verify=False),
        http_socket_options=(),
    )
    return read_profile_data(nobody.profile or {})


def describe_maker(client: BaseChatModel) -> Capabilities:
    """The same of the model behind a client of another maker's library, which has ways of its own.

    None of them is asked for a schema or for probabilities in OpenAI's words.
    """
    data = read_profile_data(client.profile or {})
    return replace(
        data,
        refused=data.refused | {"logprobs", "reasoning_effort"},
        structure=choose_plainer(data.structure, "tools"),
    )


def read_profile_data(data: Mapping[str, Any]) -> Capabilities:
    """What LangChain's data on a model say; nothing where they are empty."""
    if not data:
        return Capabilities()
    efforts = data.get("reasoning_effort_levels") or []
    return Capabilities(
        refused=frozenset({"temperature"} if data.get("temperature") is False else ()),
        structure=_find_structure(data),
        thinking_tokens=THINKING_TOKENS if data.get("reasoning_output") or efforts else 0,
        effort="low" if "low" in efforts else "",
        window=data.get("max_input_tokens"),
        profile="strong",
    )


def _find_structure(data: Mapping[str, Any]) -> Structure:
    if data.get("structured_output") is not False:
        return "schema"
    return "tools" if data.get("tool_calling") else "json"


def _add_findings(known: Capabilities, found: Capabilities, begun: Capabilities) -> Capabilities:
    """What is known, with what was found out since it was as at first."""
    names = [one.name for one in fields(Capabilities)]
    changed = {
        name: getattr(found, name) for name in names if getattr(found, name) != getattr(begun, name)
    }
    return replace(known, **{**changed, "refused": known.refused | found.refused})


class ModelMemory:
    """What is known of one model, kept in a file for the next run."""

    def __init__(
        self, key: str, *, path: Path | None = None, known: Capabilities | None = None
    ) -> None:
        self.key = key
        """The model and its server."""

        self.path = path
        """None: nothing is kept."""

        self._lock = Lock()
        self._by_name = known or Capabilities()
        self.known = self._read_file().get(key) or self._by_name

    def learn(self, found: Capabilities, *, begun: Capabilities) -> None:
        """Note what was found out since what was known at first; others may have found out more.

        Where it cannot be written, this process alone knows it.
        """
        if found == begun:
            return
        with self._lock:
            self.known = _add_findings(self.known, found, begun)
            self._change_file(lambda kept: _add_findings(kept or self._by_name, found, begun))

    def forget(self) -> None:
        """Know no more than the name says, as of a model that was never asked."""
        with self._lock:
            self.known = self._by_name
            self._change_file(lambda kept: None)

    def _change_file(self, change: Callable[[Capabilities | None], Capabilities | None]) -> None:
        """Keep of this model what `change` makes of what is kept, where that can be written."""
        if self.path:
            with suppress(OSError, Timeout):
                self._write_file(self.path, change)

    def _write_file(
        self, path: Path, change: Callable[[Capabilities | None], Capabilities | None]
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            kept = self._read_file()
            changed = change(kept.pop(self.key, None))
            if changed:
                kept[self.key] = changed
            rows = {
                key: {**asdict(one), "refused": sorted(one.refused)} for key, one in kept.items()
            }
            part = path.with_suffix(".part")
            part.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
            part.replace(path)

    def _read_file(self) -> dict[str, Capabilities]:
        """What is kept of all models; nothing of a file that cannot be read."""
        try:
            rows = json.loads(self.path.read_text("utf-8")) if self.path else {}
        except (OSError, ValueError):
            return {}
        read = {key: _read_row(row) for key, row in rows.items()} if isinstance(rows, dict) else {}
        return {key: known for key, known in read.items() if known}


def _read_row(row: object) -> Capabilities | None:
    """What is kept of one model; None for what another version wrote, or a hand broke."""
    names = {one.name for one in fields(Capabilities)}
    if not isinstance(row, dict) or set(row) != names:
        return None
    try:
        return ROW.validate_python(row)
    except ValidationError:
        return None
