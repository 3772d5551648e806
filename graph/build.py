"""The wiring: which node follows which, and what each is given."""

from functools import partial

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import RetryPolicy

from graph.routes import after_grade
from models.errors import is_passing
from nodes.answer import answer
from nodes.fallback import fallback
from nodes.grade import grade
from nodes.judges import Judge
from nodes.retrieve import Search, retrieve
from nodes.rewrite import rewrite
from nodes.state import Conversation, Knobs, State
from nodes.translate import translate

# A useless reply, or a stream that broke, is worth two more tries (in grading, by the judge);
# HTTP faults are retried by the client (models/chat.py), and nowhere else.
RETRY = RetryPolicy(max_attempts=3, initial_interval=0.5, retry_on=is_passing)
# Six nodes, of which three may run again a few times: far below, and far above any real run.
STEPS = 50


def build_graph(
    *,
    model: BaseChatModel,
    search: Search,
    judge: Judge,
    embeddings: Embeddings,
    small: bool = False,
    checkpointer: BaseCheckpointSaver[str] | None = None,
) -> CompiledStateGraph[State, Knobs, Conversation, State]:
    """Wire the nodes to each other and to the models and the search they use.

    A `small` model is spared what it does badly: rewriting what has not failed yet, and
    marking its sources.
    """
    builder = StateGraph(State, context_schema=Knobs, input_schema=Conversation)

    builder.add_node(
        "translate",
        partial(
            translate,
            model=model,
            titles=search.titles,
            loanwords=search.loanwords,
            rewrites=not small,
            embeddings=embeddings if small else None,
        ),
        retry_policy=RETRY,
    )
    builder.add_node("rewrite", partial(rewrite, model=model, first=not small), retry_policy=RETRY)
    builder.add_node("retrieve", partial(retrieve, search=search, twice=small))
    builder.add_node("grade", partial(grade, judge=judge))
    builder.add_node(
        "answer",
        partial(answer, model=model, embeddings=embeddings, cites=not small),
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
    return graph.with_config(recursion_limit=STEPS)
