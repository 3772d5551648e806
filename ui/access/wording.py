"""What the sign-in page says beyond Chainlit's own words."""

from collections.abc import Callable
from typing import Any

from language.catalogue import Language, write_text
from ui.access.delays import WAITS

Translations = dict[str, Any]


def name_wait(seconds: int) -> str:
    """The name by which the page finds the words for a wait."""
    return f"wait{seconds}"


def add_words(load: Callable[..., Translations]) -> Callable[..., Translations]:
    """Chainlit's translations with our words for accounts and waits."""

    def load_with_words(self: object, language: str) -> Translations:
        translations = load(self, language)
        spoken: Language = "ko" if language.startswith("ko") else "en"
        login = translations.setdefault("auth", {}).setdefault("login", {})
        name = login.setdefault("form", {}).setdefault("email", {})
        name["label"] = write_text("access.account", language=spoken)
        name["placeholder"] = ""
        name["required"] = write_text("access.account_required", language=spoken)
        login.setdefault("errors", {}).update(
            {name_wait(wait): _write_wait(wait, spoken) for wait in WAITS}
        )
        return translations

    return load_with_words


def _write_wait(seconds: int, language: Language) -> str:
    if seconds < 60:
        return write_text("access.wait_seconds", language=language, seconds=seconds)
    return write_text("access.wait_minutes", language=language, minutes=seconds // 60)
