"""Ask the answer node with a scripted model."""

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph

from nodes.answer import answer
from nodes.answer_language import Language
from nodes.profile import AnswerLength
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
    length: AnswerLength = "short",
    answer_in: Language | None = None,
) -> tuple[dict[str, Any], list[str | None]]:
    """The node's update, and what it told while it worked."""
    profile = strong(model) if cites else small(model)
    options = RunOptions(length=length)
    step = partial(answer, options=options, profile=profile, catalogue=None)
    graph = StateGraph(State)
    graph.add_node("answer", step)
    graph.add_edge(START, "answer")
    graph.add_edge("answer", END)
    state = State(messages=[], question=asking(*asked, answer_in=answer_in), evidence=list(found))
    update, told = {}, []
    async for kind, part in graph.compile().astream(state, stream_mode=["updates", "custom"]):
        if kind == "custom":
            told.append(part["answer"])
        else:
            update = part["answer"]
    return update, told
