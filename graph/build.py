"""The wiring: which node follows which, and what each is given."""

from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import RetryPolicy

from graph.routes import after_grade
from models.tries import is_worth_a_try
from nodes.answer import answer
from nodes.fallback import fallback
from nodes.grade import grade
from nodes.profile import ModelProfile
from nodes.retrieve import PassageSearch, retrieve
from nodes.rewrite import rewrite
from nodes.state import Conversation, RunOptions, State
from nodes.translate import translate

# A useless reply, or a stream that broke, is worth two more tries (in grading, by the selector);
# HTTP faults are tried again by the model (models/tries.py), which counts these as well.
RETRY = RetryPolicy(max_attempts=3, initial_interval=0.5, retry_on=is_worth_a_try)
# A loop that no counter ends is ended here; five searches, the most allowed, take 17 steps.
MAX_STEPS = 50

Step = Callable[[State, RunOptions, PassageSearch], Awaitable[dict[str, Any]]]
"""A node that reads papers: those that it is given."""


class LibrarySearch(Protocol):
    """A search over a library; `retrieval.search.hybrid.HybridSearch` is one."""

    def within(self, papers: Collection[int] | None) -> PassageSearch:
        """The search over these papers alone, by the ids of their documents; None: over all."""


def build_graph(
    *,
    profile: ModelProfile,
    search: LibrarySearch,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> CompiledStateGraph[State, RunOptions, Conversation, State]:
    """Wire the nodes to each other, to the profile of the model and to the search they use."""
    builder = StateGraph(State, context_schema=RunOptions, input_schema=Conversation)

    def keep_to_papers(step: Step) -> Callable[..., Awaitable[dict[str, Any]]]:
        return partial(_run_on_papers, step=step, search=search)

    builder.add_node(
        "translate",
        keep_to_papers(
            lambda state, _, papers: translate(state, profile=profile, catalogue=papers)
        ),
        retry_policy=RETRY,
    )
    builder.add_node("rewrite", partial(rewrite, profile=profile), retry_policy=RETRY)
    builder.add_node(
        "retrieve",
        keep_to_papers(
            lambda state, options, papers: retrieve(state, options=options, search=papers)
        ),
    )
    builder.add_node("grade", partial(grade, profile=profile))
    builder.add_node(
        "answer",
        keep_to_papers(
            lambda state, options, papers: answer(
                state, options=options, profile=profile, catalogue=papers
            )
        ),
        retry_policy=RETRY,
    )
    builder.add_node("fallback", fallback)

    builder.add_edge(START, "translate")
    builder.add_edge("translate", "rewrite")
    builder.add_edge("rewrite", "retrieve")
    builder.add_edge("retrieve", "grade")
    builder.add_conditional_edges("grade", after_grade)
    builder.add_edge("answer", END)
    builder.add_edge("fallback", END)

    graph = builder.compile(checkpointer=checkpointer, name="munheon")
    return graph.with_config(recursion_limit=MAX_STEPS)


async def _run_on_papers(
    state: State, runtime: Runtime[RunOptions], *, step: Step, search: LibrarySearch
) -> dict[str, Any]:
    """Run a node, which is handed the papers of its run alone: it cannot reach the others."""
    options = runtime.context or RunOptions()
    return await step(state, options, search.within(options.papers))
