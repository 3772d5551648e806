"""What the sign-in page says in place of Chainlit's own words."""

from collections.abc import Callable
from typing import Any

from language.catalogue import Language, write_text

Translations = dict[str, Any]


def add_words(load: Callable[..., Translations]) -> Callable[..., Translations]:
    """Chainlit's translations with our words for accounts, and for those who are not let in."""

    def load_with_words(self: object, language: str) -> Translations:
        translations = load(self, language)
        spoken: Language = "ko" if language.lower().startswith("ko") else "en"
        login = translations.setdefault("auth", {}).setdefault("login", {})
        login.setdefault("form", {})["email"] = {
            "label": write_text("access.account", language=spoken),
            "required": write_text("access.account_required", language=spoken),
            "placeholder": "",
        }
        login.setdefault("errors", {}).update(_write_errors(spoken))
        return translations

    return load_with_words


def _write_errors(language: Language) -> dict[str, str]:
    """Errors under the names that the page gives them: a status as HTTP/1.1 spells it, or default."""
    return {
        "default": write_text("access.not_let_in", language=language),
        "Unauthorized": write_text("access.wrong_password", language=language),
        "Too Many Requests": write_text("access.must_wait", language=language),
    }
