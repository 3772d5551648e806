"""One call to a model: the form in which it is sent, and what is tried when that fails."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, SystemMessage
from pydantic import BaseModel

from models.chat.capabilities import Capabilities, ModelMemory, Structure, choose_plainer
from models.chat.messages import has_more_tokens, merge_system
from models.chat.remedies import STRUCTURED, find_remedy, raise_thinking
from models.chat.structure import add_instruction, choose_options
from models.faults import PromptTooLong, read_fault, wrap_fault
from models.tries import choose_wait, take_try

# Forms in which one call is made before it counts as failed: one for each kind of parameter.
MOST_FORMS = 10
# Of a window, what a prompt may take: the reply needs the rest, and servers count tokens otherwise
# than we do, Korean ones above all.
PROMPT_SHARE = 0.75


@dataclass(frozen=True)
class Call:
    """What is asked, however it has to be put."""

    messages: Sequence[BaseMessage]
    stop: list[str] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    schema: type[BaseModel] | None = None
    structure: Structure = "schema"
    """The most that is asked of the model for an object of the schema."""

    def write_messages(self, known: Capabilities) -> list[BaseMessage]:
        """The messages as the model takes them; PromptTooLong where it would not read them whole."""
        messages = list(self.messages)
        if self.schema:
            messages = add_instruction(messages, self.schema, self._choose_structure(known))
        if not known.can_take("system"):
            messages = merge_system(messages)
        if known.window and has_more_tokens(messages, known.window * PROMPT_SHARE):
            raise PromptTooLong(f"more than {known.window} tokens")
        return messages

    def write_options(self, client: BaseChatModel, known: Capabilities) -> dict[str, Any]:
        """What is sent beside the messages."""
        options = {name: value for name, value in self.options.items() if known.can_take(name)}
        if self.schema:
            options |= choose_options(client, self.schema, self._choose_structure(known))
        return options

    def list_refusable(self, known: Capabilities) -> frozenset[str]:
        """The parameters of the call that a server may refuse."""
        sent = {name for name in self.options if known.can_take(name)}
        if self.schema:
            way = self._choose_structure(known)
            sent |= {name for name, structure in STRUCTURED.items() if structure == way}
        if any(isinstance(one, SystemMessage) for one in self.messages):
            sent |= {"system"} - known.refused
        return frozenset(sent)

    def _choose_structure(self, known: Capabilities) -> Structure:
        return choose_plainer(self.structure, known.structure)


@dataclass
class Attempts:
    """The forms and further tries of one call; what is found out counts once one has come through."""

    memory: ModelMemory
    forms: int = 0
    tries: int = 0

    def __post_init__(self) -> None:
        self.known = self._begun = self.memory.known

    async def recover(self, error: Exception, sent: frozenset[str]) -> None:
        """Change the call's form, or wait for a further try; raises the fault where neither helps."""
        fault = read_fault(error)
        self.forms += 1
        remedy = find_remedy(fault, sent)
        if remedy and self.forms < MOST_FORMS:
            self.known = remedy.apply(self.known)
            return
        if fault.window:
            self.memory.learn(replace(self._begun, window=fault.window), begun=self._begun)
        wait = choose_wait(fault, self.tries)
        if wait is None or not take_try():
            raise wrap_fault(error) from error
        self.tries += 1
        await asyncio.sleep(wait)

    def allow_more_thinking(self) -> bool:
        """Whether the call can be made again with a larger budget for thinking."""
        more = raise_thinking(self.known)
        self.known = more or self.known
        return more is not None

    def note_unopened(self) -> None:
        """Note that the model's thinking comes without a beginning."""
        self.known = replace(self.known, thinks_unopened=True)

    def keep_learnt(self) -> None:
        """Remember what came through."""
        self.memory.learn(self.known, begun=self._begun)
