"""The graph that LangGraph's server loads."""

from graph.open import open_graph
from graph.settings import load_settings

graph = open_graph(load_settings())
