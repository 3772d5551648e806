"""What each step of the graph is called, and what it did."""

from collections.abc import Mapping, Sequence
from typing import Any

from language.catalogue import write_text
from nodes.refusal import Refusal, RefusalRule
from ui.page.found import tabulate_hits
from ui.page.markdown_text import escape_text
from ui.page.tracing.graded import describe_graded
from ui.page.tracing.replaced import describe_replaced
from ui.page.tracing.understood import describe_question

NAMES = {
    "translate": "steps.translate",
    "rewrite": "steps.rewrite",
    "retrieve": "steps.retrieve",
    "grade": "steps.grade",
    "answer": "steps.answer",
    "fallback": "steps.fallback",
}
ICONS = {
    "translate": "languages",
    "rewrite": "list",
    "retrieve": "search",
    "grade": "list-checks",
    "answer": "pencil",
    "fallback": "ban",
}
REASONS: Mapping[RefusalRule, str] = {
    "nothing_found": "refusals.nothing_found",
    "no_such_table": "refusals.no_such_table",
    "not_on_papers": "refusals.not_on_papers",
    "unknown_paper": "refusals.unknown_paper",
    "no_such_page": "refusals.no_such_page",
    "nothing_relevant": "refusals.nothing_relevant",
    "unknown_name": "refusals.unknown_name",
    "no_such_unit": "refusals.no_such_unit",
    "no_such_column": "refusals.no_such_column",
    "no_amount": "refusals.no_amount",
    "off_topic": "refusals.off_topic",
    "uncertain_figure": "refusals.uncertain_figure",
    "model_refused": "refusals.model_refused",
    "nothing_confirmed": "refusals.nothing_confirmed",
    "not_all_confirmed": "refusals.not_all_confirmed",
}


def name_step(node: str) -> str:
    """What a node is called."""
    return write_text(NAMES[node])


def sum_up_steps(state: Mapping[str, Any], cost: str) -> str:
    """All steps in a line: what was found, and what it took."""
    if not state["passages"]:
        return write_text("steps.summary_alone", cost=cost)
    passages, evidence = len(state["passages"]), len(state["evidence"])
    return write_text("steps.summary", passages=passages, evidence=evidence, cost=cost)


def summarise_step(node: str, state: Mapping[str, Any]) -> str:
    """The step's name, and its result in a word or two."""
    if node == "rewrite" and state["question"].queries:
        return write_text("steps.queries", count=len(state["question"].queries))
    result = _count_result(node, state)
    return f"{name_step(node)} · {result}" if result else name_step(node)


def _count_result(node: str, state: Mapping[str, Any]) -> str:
    """What a step found, in a word or two; empty where there is nothing to count."""
    match node:
        case "retrieve":
            return write_text("steps.passages", count=len(state["passages"]))
        case "grade":
            pieces = state["evidence"]
            passages = len({piece.passage.id for piece in pieces})
            return write_text("steps.pieces", passages=passages, pieces=len(pieces))
        case "answer":
            return write_text("steps.citations", count=len(state["citations"]))
        case _:
            return ""


def describe_step(node: str, state: Mapping[str, Any]) -> str:
    """What the step did, as Markdown."""
    match node:
        case "translate" | "rewrite" if state["question"].is_overview:
            return write_text("steps.read_as_a_whole")
        case "translate" | "rewrite" | "retrieve" | "grade" if not (
            state["question"].is_searched_for or state["question"].is_overview
        ):
            return write_text("steps.not_searched")
        case "translate":
            return describe_question(state["question"])
        case "rewrite":
            return _queries(state["question"].queries)
        case "retrieve":
            return tabulate_hits(state["passages"])
        case "grade" if state["refusal"]:
            return f"{_refusal(state['refusal'])}\n\n{describe_graded(state)}".strip()
        case "grade":
            return describe_graded(state)
        case "answer" if state["outcome"] != "insufficient" and not state["citations"]:
            return write_text("steps.not_searched")
        case "answer" if state["outcome"] != "insufficient":
            cited = write_text("steps.cited", count=len(state["citations"]))
            return f"{cited}\n\n{describe_replaced(state['replaced'])}".strip()
        case "answer" if state["refusal"]:
            return f"{write_text('steps.refused')} {_refusal(state['refusal'])}"
        case _:
            return write_text("steps.refused")


def _queries(queries: Sequence[str]) -> str:
    if not queries:
        return write_text("steps.no_queries")
    return "\n".join(f"- {escape_text(query)}" for query in queries)


def _refusal(refusal: Refusal) -> str:
    """Why nothing is answered, with the rule's name and what it met."""
    met = f"\n\n> {escape_text(' '.join(refusal.detail.split()))}" if refusal.detail else ""
    return f"{write_text(REASONS[refusal.rule])} (`{refusal.rule}`){met}"
