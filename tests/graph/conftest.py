"""The whole program's graph, as the settings open it."""

from typing import Any

import pytest

from graph.open import open_graph
from graph.run import Graph
from graph.settings import Settings
from tests.fake_openai import FakeOpenAI
from tests.graph.wired import remembering


@pytest.fixture
def graph(home: Any, openai: FakeOpenAI) -> Graph:
    """The whole program's graph: the papers, the fake server, a memory."""
    return open_graph(Settings(timeout=0.5), checkpointer=remembering())
