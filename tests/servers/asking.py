"""Open the whole program anew, ask it, and count the calls that this takes."""

from dataclasses import dataclass
from typing import Any

from graph.open import open_graph
from graph.run import Graph
from graph.settings import Settings
from tests.fake_openai import FakeOpenAI
from tests.graph.asking import ask


@dataclass
class Program:
    """The program over a fake server."""

    server: FakeOpenAI

    def open(self, **settings: Any) -> Graph:
        """The graph, as a new process opens it."""
        return open_graph(Settings(**settings))

    async def ask(self, graph: Graph) -> tuple[str, int]:
        """The answer, and how many chats it took."""
        before = self.count_chats()
        run, _ = await ask(graph)
        return run.state["messages"][-1].text, self.count_chats() - before

    def count_chats(self) -> int:
        return sum(asked.task != "embed" for asked in self.server.requests)
