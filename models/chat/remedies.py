"""What mends a refused call: a parameter left out, an object asked for more plainly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.chat.capabilities import (
    MOST_THINKING_TOKENS,
    STRUCTURES,
    THINKING_TOKENS,
    Capabilities,
    Structure,
    choose_plainer,
)
from models.faults import Fault, FaultKind

# How servers speak of what they don't take, by the parameter's name in OpenAI's API.
NAMED: Mapping[str, re.Pattern[str]] = {
    "max_completion_tokens": re.compile(r"max_completion_tokens"),
    "temperature": re.compile(r"temperature"),
    "seed": re.compile(r"\bseed\b"),
    "stream_options": re.compile(r"stream_options|include_usage"),
    "logprobs": re.compile(r"log_?probs"),
    "reasoning_effort": re.compile(r"reasoning"),
    "response_format": re.compile(
        r"response_format|json_schema|structured output|guided|grammar", re.I
    ),
    "tools": re.compile(r"\btools?\b|tool_choice|function call", re.I),
    "system": re.compile(r"\b(?:system|developer)\b.*\b(?:role|message|prompt|instruction)", re.I),
}
# Left out together where a server refuses a call and names nothing: it gives no more than comfort.
OPTIONAL = frozenset({"temperature", "seed", "stream_options", "logprobs", "reasoning_effort"})
# Kinds of faults that another form of the same call may mend; a server that knows no tools may say
# that there is no such thing, and one that knows no schema may break on it.
MENDABLE: frozenset[FaultKind] = frozenset({"refused", "no_model", "server"})
# What an object is asked for by.
STRUCTURED: Mapping[str, Structure] = {"response_format": "schema", "tools": "tools"}


@dataclass(frozen=True)
class Remedy:
    """What the next form of a call does otherwise."""

    refused: frozenset[str] = frozenset()
    structure: Structure | None = None

    def apply(self, known: Capabilities) -> Capabilities:
        """What is known of the model, if this is what mends the call."""
        return replace(
            known,
            refused=known.refused | self.refused,
            structure=choose_plainer(self.structure or known.structure, known.structure),
        )


def find_remedy(fault: Fault, sent: frozenset[str]) -> Remedy | None:
    """How a refused call, with these parameters, may be made again; None where nothing helps."""
    if fault.kind not in MENDABLE:
        return None
    words = f"{fault.parameter} {fault.words}"
    named = frozenset(name for name, said in NAMED.items() if name in sent and said.search(words))
    if not named and fault.kind == "refused":
        named = sent & OPTIONAL or sent & set(STRUCTURED)
    if not named:
        return None
    asked_by = next((STRUCTURED[name] for name in named if name in STRUCTURED), None)
    return Remedy(
        refused=named - set(STRUCTURED),
        structure=find_plainer(asked_by) if asked_by else None,
    )


def find_plainer(structure: Structure) -> Structure | None:
    """The next plainer way to ask for an object; None behind the plainest."""
    return next(iter(STRUCTURES[STRUCTURES.index(structure) + 1 :]), None)


def raise_thinking(known: Capabilities) -> Capabilities | None:
    """A larger budget for a model that thought all of it and said nothing; None: it has the most."""
    if known.thinking_tokens >= MOST_THINKING_TOKENS:
        return None
    return replace(known, thinking_tokens=max(THINKING_TOKENS, 2 * known.thinking_tokens))
