"""The graph that the README shows is the graph."""

from pathlib import Path

import pytest

from graph.build import build_graph
from tests.fakes import ScriptedModel, strong
from tests.graph.wired import Shelf

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_readme_shows_the_graph(readme: str):
    model = ScriptedModel()
    graph = build_graph(profile=strong(model), search=Shelf())

    drawn = graph.get_graph().draw_mermaid(with_styles=False)

    assert drawn.strip() in (ROOT / readme).read_text("utf-8")
