"""The wiring: which node follows which, and what each is given."""

from functools import partial

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
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


def build_graph(
    *,
    profile: ModelProfile,
    search: PassageSearch,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> CompiledStateGraph[State, RunOptions, Conversation, State]:
    """Wire the nodes to each other, to the profile of the model and to the search they use."""
    builder = StateGraph(State, context_schema=RunOptions, input_schema=Conversation)

    builder.add_node(
        "translate", partial(translate, profile=profile, catalogue=search), retry_policy=RETRY
    )
    builder.add_node("rewrite", partial(rewrite, profile=profile), retry_policy=RETRY)
    builder.add_node("retrieve", partial(retrieve, search=search))
    builder.add_node("grade", partial(grade, profile=profile))
    builder.add_node(
        "answer", partial(answer, profile=profile, catalogue=search), retry_policy=RETRY
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
