"""One library used at once: by a chat, by a served graph in a process of its own, and by indexing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from graph.open import open_graph
from graph.run import Graph, Run
from graph.settings import Settings
from retrieval.ingest.progress import read_shared_progress
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
from tests.ui.command.commands import assert_told, munheon

PROJECT = Path(__file__).parents[2]
INDEX = "from ui.command.main import main; main()"
# Answers the questions that come in, a line each, with the graph that LangGraph's server loads.
SERVED = """
import asyncio, json, sys
from graph.served import graph

async def serve():
    for question in sys.stdin:
        state = await graph.ainvoke({"messages": [{"role": "user", "content": question}]})
        cited = [piece.passage.document for piece in state["citations"]]
        print(json.dumps({"outcome": state["outcome"], "cited": cited}), flush=True)

asyncio.run(serve())
"""
NEW = "The zebra model has 90 layers."
SECONDS = 60


class Served:
    """The served graph in a process of its own."""

    def __init__(self) -> None:
        self.process = start(SERVED)

    def ask(self, question: str) -> dict[str, Any]:
        """The outcome of a question, and the documents that its answer cites."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        answered: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answered


def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """A Python process that we can talk to."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )


@pytest.fixture
def served(home: Path, openai: FakeOpenAI) -> Iterator[Served]:
    served = Served()
    yield served
    served.process.kill()
    served.process.communicate()


class Held:
    """While it is open, the request for the new paper's vectors gets no reply."""

    def __init__(self) -> None:
        self.asked, self._go = Event(), Event()

    def __enter__(self) -> None:
        assert self.asked.wait(SECONDS)

    def __exit__(self, *error: object) -> None:
        self._go.set()

    def __call__(self, exchange: Any) -> None:
        if any("zebra model" in text for text in exchange.asked.body["input"]):
            self.asked.set()
            assert self._go.wait(SECONDS)
        exchange.send_vectors()


async def ask(graph: Graph, question: str) -> dict[str, Any]:
    """The outcome of a question, and the documents that its answer cites."""
    run = Run()
    async for _ in run.stream(graph, [HumanMessage(question)]):
        pass
    cited = [piece.passage.document for piece in run.state["citations"]]
    return {"outcome": run.state["outcome"], "cited": cited}


async def test_questions_go_on_and_a_finished_write_is_seen_at_the_next(
    home: Path, openai: FakeOpenAI, served: Served, tmp_path: Path
):
    paper, held = make_pdf(tmp_path / "zebra.pdf", NEW, title="Zebra"), Held()
    openai.always["embed"] = held
    chat = open_graph(Settings())
    old, question = {"outcome": "answered", "cited": ["solar.pdf"]}, "SOLAR는 층이 몇 개?"

    with start(INDEX, "index", paper) as indexing:
        with held:
            assert await ask(chat, question) == served.ask(question) == old
            assert_told(munheon("index", paper), "색인하는 중입니다")
            assert_told(munheon("documents", "--remove", "solar.pdf", "--yes"), "색인하는 중입니다")
            progress = read_shared_progress(home)
            assert progress
            assert progress.document == "zebra.pdf"
        told, _ = indexing.communicate(timeout=SECONDS)

    assert "파일 1개 가운데 1개 준비됨" in told
    openai.replies["translate"] = "How many layers does the zebra model have?"
    openai.replies["rewrite"] = "zebra model layers"
    openai.replies["answer"] = "얼룩말 모델은 층이 90개입니다 [1]."
    question = "얼룩말 모델은 층이 몇 개?"
    new = {"outcome": "answered", "cited": ["zebra.pdf"]}
    assert await ask(chat, question) == served.ask(question) == new
    assert read_shared_progress(home) is None
