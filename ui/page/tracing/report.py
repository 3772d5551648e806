"""How an answer came about as a bug report: Markdown with a block of JSON."""

import json
from typing import Any

from graph.settings import Settings
from ui.conversations.answers import Answer
from ui.page.markdown_text import escape_for_notes

# None of them is a secret; what is not listed may be.
TOLD_SETTINGS = (
    "chat_model",
    "embedding_model",
    "profile",
    "context_tokens",
    "timeout",
    "budget_usd",
    "auth",
)


def write_report(answer: Answer, settings: Settings) -> str:
    """The question, what came of it, and all that is kept of how, for who looks into it."""
    record = answer.record
    facts = {"record": record, "settings": settings.model_dump(include=set(TOLD_SETTINGS))}
    block = json.dumps(facts, ensure_ascii=False, indent=1, default=str)
    fence = _find_fence(block)
    lines = [
        f"## {escape_for_notes(record['question'])}",
        "",
        _sum_up(record),
        "",
        f"{fence}json",
        block,
        fence,
    ]
    return "\n".join(lines)


def _sum_up(record: Any) -> str:
    """What came of it, by what and how fast."""
    made_with, seconds = record.get("made_with", {}), record.get("seconds", {})
    parts = {
        "outcome": record["outcome"],
        "refusal": record.get("refusal", {}).get("rule"),
        "munheon": made_with.get("munheon"),
        "chat": made_with.get("chat"),
        "embedding": made_with.get("embedding"),
        "library": json.dumps(made_with.get("library")),
        "seconds": seconds.get("total"),
    }
    return "\n".join(f"- {name}: {value}" for name, value in parts.items() if value is not None)


def _find_fence(block: str) -> str:
    """A fence that does not stand in the block."""
    fence = "```"
    while fence in block:
        fence += "`"
    return fence
