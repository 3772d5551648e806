"""Ask the graph a question, and keep what it tells meanwhile."""

from langchain_core.messages import HumanMessage

from graph.run import Event, Graph, Run
from nodes.state import RunOptions

QUESTION = "SOLAR는 층이 몇 개인가요?"


async def ask(
    graph: Graph, question: str = QUESTION, *, options: RunOptions | None = None
) -> tuple[Run, list[Event]]:
    run = Run()
    events = run.stream(graph, [HumanMessage(question)], options=options, thread="one")
    return run, [event async for event in events]
