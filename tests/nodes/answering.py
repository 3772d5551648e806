"""Ask the answer node with a scripted model."""

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph

from nodes.answer import answer
from nodes.state import RunOptions, State
from retrieval.passages import Evidence
from tests.fakes import ScriptedModel, small, strong
from tests.samples import asking, evidence

THOUGHT = "It has 48 layers."
LAYERS = evidence("SOLAR has 48 layers.")
DEPTH = evidence("It was scaled up in depth from 32 layers.")


async def answered(
    model: ScriptedModel,
    *found: Evidence,
    cites: bool = True,
    asked: tuple[str, str] = ("층이 몇 개?", "How many layers?"),
    options: RunOptions | None = None,
) -> tuple[dict[str, Any], list[str | None]]:
    """The node's update, and what it told while it worked."""
    step = partial(answer, profile=strong(model) if cites else small(model), catalogue=None)
    graph = StateGraph(State, context_schema=RunOptions)
    graph.add_node("answer", step)
    graph.add_edge(START, "answer")
    graph.add_edge("answer", END)
    state = State(messages=[], question=asking(*asked), evidence=list(found))
    update, told = {}, []
    told_and_done = ["updates", "custom"]
    stream = graph.compile().astream(state, context=options, stream_mode=told_and_done)
    async for kind, part in stream:
        if kind == "custom":
            told.append(part["answer"])
        else:
            update = part["answer"]
    return update, told
