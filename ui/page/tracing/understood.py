"""What was understood of a question."""

from collections.abc import Iterator

from language.catalogue import write_text
from nodes.question import Question
from ui.page.markdown_text import escape_text


def describe_question(question: Question) -> str:
    """It in English, and below it what it names and asks for."""
    english = write_text("trace.english", english=escape_text(question.english))
    facts = "\n".join(f"- {fact}" for fact in _list_facts(question))
    return f"{english}\n\n{facts}".strip()


def _list_facts(question: Question) -> Iterator[str]:
    if question.names:
        yield write_text("trace.names", names=escape_text(", ".join(question.names)))
    if question.places:
        places = ", ".join(f"{kind} {number}" for kind, number in sorted(question.places))
        yield write_text("trace.places", places=places)
    if question.asks_amount:
        yield write_text("trace.amount")
    if question.units:
        units = ", ".join(unit.pattern for unit in question.units)
        yield write_text("trace.units", units=escape_text(units))
    if question.asks_why:
        yield write_text("trace.why")
    if question.asks_several:
        yield write_text("trace.several")
    yield write_text("trace.answered_in", wanted=question.language)
