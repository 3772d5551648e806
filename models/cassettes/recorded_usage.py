"""The tokens of a reply that is recorded as it came through HTTP."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from language.tokens import count_tokens

EVENT = "data: "


def count_recorded_tokens(asked: Mapping[str, Any], text: str) -> dict[str, int]:
    """What a reply took, as its server counts it; of one cut short, about as much."""
    for body in _read_bodies(text):
        if isinstance(body, dict) and isinstance(usage := body.get("usage"), dict):
            details = usage.get("prompt_tokens_details") or {}
            return {
                "input": usage.get("prompt_tokens") or 0,
                "cached": details.get("cached_tokens") or 0,
                "output": usage.get("completion_tokens") or 0,
            }
    # Of a stream, an event is about a token.
    return {"input": count_tokens(json.dumps(asked)), "output": text.count(EVENT)}


def _read_bodies(text: str) -> Iterator[Any]:
    """The reply's JSON, or that of its events that may tell of tokens."""
    lines = [line.removeprefix(EVENT) for line in text.splitlines() if '"usage"' in line]
    for body in (text, *reversed(lines)):
        try:
            yield json.loads(body)
        except ValueError:
            continue
