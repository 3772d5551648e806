"""The line in the page's header: model, library, what is asked, and which preferences are no defaults."""

from collections.abc import Callable, Mapping

import chainlit as cl

from language.catalogue import write_text
from ui.preferences.preferences import Preferences

# What the header says of a preference that is no default; the language is seen without.
CHANGED: Mapping[str, Callable[[object], str]] = {
    "model": lambda value: write_text("preferences.other_model"),
    "passages": lambda value: write_text("preferences.some_passages", passages=value),
    "bm25_weight": lambda value: write_text("preferences.some_weight", weight=f"{value:g}"),
    "searches": lambda value: write_text("preferences.some_searches", searches=value),
    "length": lambda value: write_text("preferences.full"),
    "strictness": lambda value: write_text(
        "preferences.strict_answers" if value == "strict" else "preferences.lenient_answers"
    ),
    "steps": lambda value: write_text("preferences.open"),
}


def compose_header(*, model: str, papers: int, scope: str | None = None, note: str = "") -> str:
    """ "gpt-4o-mini · 논문 8편"; `scope` says which of them are asked, `note` what is under way."""
    counted = write_text("preferences.papers", papers=papers)
    return " · ".join(filter(None, [model, scope or counted, note]))


def describe_changed(chosen: Preferences) -> list[str]:
    """Each preference that is no default, in a word or two."""
    return [CHANGED[name](value) for name, value in chosen.changed.items() if name in CHANGED]


async def send_header(line: str, chosen: Preferences) -> None:
    """Have the page show the line (public/header.js does), in the language that is chosen."""
    changed = describe_changed(chosen)
    header = {"line": line, "changed": changed, "language": chosen.language}
    await cl.send_window_message({"header": header})
