"""Where a question goes after each step that has a choice."""

from typing import Literal

from langgraph.runtime import Runtime

from nodes.state import RunOptions, State


def after_grade(
    state: State, runtime: Runtime[RunOptions]
) -> Literal["answer", "rewrite", "fallback"]:
    """Answer when something helps, or nothing has to be searched for; else search again with other queries, then give up."""
    if state.question.is_overview:
        return "answer" if state.evidence else "fallback"
    if state.evidence or not state.question.is_searched_for:
        return "answer"
    allowed = (runtime.context or RunOptions()).searches
    return "rewrite" if state.searches < allowed else "fallback"
