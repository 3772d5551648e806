"""Which sentences of a model gave way to their sources, and by which check."""

from collections.abc import Sequence

from language.catalogue import write_text
from nodes.profile import ReplacedSentence
from ui.page.markdown_text import escape_text


def describe_replaced(replaced: Sequence[ReplacedSentence]) -> str:
    """A list of them, each with what was wrong; nothing where all stayed."""
    if not replaced:
        return ""
    lines = [f"- {escape_text(one.sentence)}\n  → {_list_faults(one)}" for one in replaced]
    return "\n".join([write_text("trace.replaced"), "", *lines])


def _list_faults(one: ReplacedSentence) -> str:
    return ", ".join(one.faults) or write_text("trace.whole_answer")
