"""How the turns before a question, and the titles of the library, are told to a model."""

import re
from collections.abc import Sequence

from langchain_core.messages import AnyMessage, HumanMessage

from nodes.prompts import fence_text

# So much of each turn is told, in characters.
TURN_LENGTH = 300
# Titles tell the model how the papers write names (엑사원 is EXAONE); so many fit a short prompt.
MAX_TITLES = 20
TITLE_WORD = re.compile(r"[A-Za-z]{2,}")


def write_titles_beforehand(titles: Sequence[str]) -> dict[str, str]:
    """The titles as every question's prompt has them; nothing where they depend on the question."""
    return {} if len(titles) > MAX_TITLES else {"titles": write_titles(titles, "")}


def write_titles(titles: Sequence[str], question: str) -> str:
    """All titles where they are few; of many those that the question may name, as others mislead."""
    if len(titles) > MAX_TITLES:
        asked = _latin_words(question)
        titles = [title for title in titles if asked & _latin_words(title)][:MAX_TITLES]
    return "\n".join(f"- {fence_text(title)}" for title in titles)


def write_history(history: Sequence[AnyMessage]) -> str:
    """The turns before, in a form that small models follow better than chat roles."""
    if not history:
        return ""
    turns = "\n".join(
        f"{'User' if isinstance(turn, HumanMessage) else 'Assistant'}: {turn.text[:TURN_LENGTH]}"
        for turn in history
    )
    return f"Conversation before:\n{turns}\n\nLatest question: "


def _latin_words(text: str) -> set[str]:
    return set(map(str.lower, TITLE_WORD.findall(text)))
