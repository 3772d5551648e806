"""Where a question goes after each step that has a choice."""

from typing import Literal

from langgraph.runtime import Runtime

from nodes.state import RunOptions, State


def after_grade(
    state: State, runtime: Runtime[RunOptions]
) -> Literal["answer", "rewrite", "fallback"]:
    """Answer when something helps; else search again with other queries, then give up."""
    if state.evidence:
        return "answer"
    allowed = (runtime.context or RunOptions()).searches
    return "rewrite" if state.searches < allowed else "fallback"
