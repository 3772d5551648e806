"""Say once which chat model was taken unasked, and why."""

from contextlib import suppress

from graph.settings import Settings
from language.catalogue import write_text
from models.connect.choose import choose_chat

# Holds the model that was told last; in the library's folder.
FILE = "told_model.txt"


def take_model_notice(settings: Settings) -> str | None:
    """A line for its user; None where the settings name a model, or it has been told for this library."""
    choice = choose_chat(settings.chat_model)
    told = settings.home / FILE
    if not choice.reason or not settings.home.is_dir():
        return None
    with suppress(OSError, UnicodeDecodeError):
        if told.read_text("utf-8") == str(choice):
            return None
    with suppress(OSError):  # a folder that only others may write to: it is told again
        told.write_text(str(choice), "utf-8")
    return write_text("chat_models.chosen", model=choice, reason=choice.reason)
