"""The form in which a reader chooses: Chainlit's settings."""

from collections.abc import Sequence

import chainlit as cl
from chainlit.input_widget import InputWidget, Select, Slider, Switch

from language.catalogue import write_text
from ui.preferences.preferences import MAX_PASSAGES, MAX_SEARCHES, Preferences

# A select takes no empty value.
OWN_MODEL = "own"
RESET = "reset"


def make_form(chosen: Preferences, *, own: str, offered: Sequence[str]) -> cl.ChatSettings:
    """The form as it is filled in; `own`: what the settings' own model is called."""
    return cl.ChatSettings(
        [
            _choose_model(chosen, own, offered),
            _slide("passages", write_text("preferences.passages"), chosen, (1, MAX_PASSAGES, 1)),
            _slide("bm25_weight", write_text("preferences.word_weight"), chosen, (0, 1, 0.05)),
            _slide("searches", write_text("preferences.searches"), chosen, (1, MAX_SEARCHES, 1)),
            _choose("length", chosen, LENGTHS, "preferences.length", "preferences.length_tip"),
            _choose(
                "strictness",
                chosen,
                STRICTNESSES,
                "preferences.strictness",
                "preferences.strictness_tip",
            ),
            _choose("steps", chosen, STEPS, "preferences.steps"),
            _choose("language", chosen, LANGUAGES, "preferences.language"),
            Switch(id=RESET, label=write_text("preferences.reset"), initial=False),
        ]
    )


# What each value is called.
LENGTHS = {"short": "preferences.short", "full": "preferences.full"}
STRICTNESSES = {
    "normal": "preferences.normal",
    "strict": "preferences.strict",
    "lenient": "preferences.lenient",
}
STEPS = {"folded": "preferences.folded", "open": "preferences.open"}
LANGUAGES = {
    "auto": "preferences.auto",
    "ko": "preferences.korean",
    "en": "preferences.english",
}


def read_form(given: object) -> dict[str, object]:
    """What a form sent: the fields of `Preferences`, as they came."""
    fields = dict(given) if isinstance(given, dict) else {}
    if fields.get("model") == OWN_MODEL:
        fields["model"] = None
    return fields


def _choose_model(chosen: Preferences, own: str, offered: Sequence[str]) -> InputWidget:
    """All that is offered; what is chosen stays in the list while its server is away."""
    own_label = write_text("preferences.own_model", model=own)
    others = dict.fromkeys([*offered, *([chosen.model] if chosen.model else [])])
    return Select(
        id="model",
        label=write_text("preferences.model"),
        items={own_label: OWN_MODEL, **{name: name for name in others}},
        initial_value=chosen.model or OWN_MODEL,
    )


def _slide(
    name: str, label: str, chosen: Preferences, limits: tuple[float, float, float]
) -> InputWidget:
    least, most, step = limits
    return Slider(
        id=name, label=label, initial=getattr(chosen, name), min=least, max=most, step=step
    )


def _choose(
    name: str, chosen: Preferences, values: dict[str, str], label: str, tip: str | None = None
) -> InputWidget:
    return Select(
        id=name,
        label=write_text(label),
        description=write_text(tip) if tip else None,
        items={write_text(key): value for value, key in values.items()},
        initial_value=getattr(chosen, name),
    )
