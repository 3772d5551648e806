"""Passwords of encrypted files: the settings' first, then what a person types."""

from collections.abc import Callable
from pathlib import Path

from graph.settings import Settings
from retrieval.parsing.workers import Passwords

# Passwords that are asked for a file.
MOST_TRIES = 3

# The password of a file, or None.
AskPassword = Callable[[Path], str | None]


def ask_nobody(path: Path) -> None:
    """Nobody is there to be asked for a password."""


def choose_passwords(settings: Settings, ask: AskPassword) -> Passwords:
    """The password of the settings first, then what the user types; three times at most."""
    given = settings.pdf_password.get_secret_value()

    def password(path: Path, tries: int) -> str | None:
        if given and tries == 0:
            return given
        return ask(path) if tries < MOST_TRIES + bool(given) else None

    return password
