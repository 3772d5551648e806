"""The graph over a shelf that finds the same texts each time."""

from collections.abc import Collection
from typing import Any, Self

from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver

from graph.build import build_graph
from graph.run import Graph
from language.loanwords import Loanwords
from nodes.state import Conversation, RunOptions
from retrieval.passages import Hit, LibraryPaper, Passage
from tests.fakes import ScriptedModel, strong
from tests.samples import SOLAR, hit, passage
from ui.conversations.checkpoints import make_serializer

ONCE = "translate rewrite retrieve grade"
ABSTRACT = (
    "SOLAR 10.7B\n\nAbstract\n\nWe introduce SOLAR 10.7B, a large language model with 48 layers. "
    "It is made by depth up-scaling, which needs no mixture of experts.\n\n1 Introduction\n\nMore."
)


class Shelf:
    """Finds the same texts each time, as many as are asked for, as passages not found before."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts or (SOLAR,)
        self.asked: list[dict[str, Any]] = []

    def within(self, papers: Collection[int] | None) -> Self:
        return self

    def find_passages(self, **asked: Any) -> list[Hit]:
        self.asked.append(asked)
        search = len(self.asked)
        hits = [hit(text, f"{search}.{number}") for number, text in enumerate(self.texts)]
        return hits[: asked["top"]]

    def list_titles(self) -> list[str]:
        return ["SOLAR 10.7B"]

    def list_papers(self) -> list[LibraryPaper]:
        given = {"id": 1, "sha256": "ab", "document": "solar.pdf", "title": "SOLAR 10.7B"}
        return [LibraryPaper(**given, pages=12, first=None)]

    def list_passages_of(self, paper: LibraryPaper) -> list[Passage]:
        return [passage(ABSTRACT)]

    def load_loanwords(self) -> Loanwords:
        return Loanwords({})


def remembering() -> InMemorySaver:
    """A memory of conversations that keeps what the chat's own keeps, in its form."""
    return InMemorySaver(serde=make_serializer())


def wired(model: ScriptedModel, shelf: Shelf | None = None, **more: Any) -> Graph:
    return build_graph(**{"profile": strong(model), "search": shelf or Shelf(), **more})


async def path(
    graph: Graph, *, context: RunOptions | None = None, question: str = "층이 몇 개?"
) -> str:
    """The nodes that a question goes through."""
    asked = Conversation(messages=[HumanMessage(question)])
    updates = graph.astream(asked, context=context, stream_mode="updates")
    return " ".join([node async for update in updates for node in update])
