"""Connect what the settings name: the library, the models, the graph."""

from collections.abc import Callable
from functools import partial

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.base import BaseCheckpointSaver

from graph.build import build_graph
from graph.run import Graph
from graph.settings import Settings
from models.chat import open_chat
from models.choose import Choice, choose_chat, choose_embedding
from models.embedding import open_embeddings
from nodes.judges import Judge, ModelJudge, ScoreJudge
from retrieval.index import CHUNKING
from retrieval.library import Library
from retrieval.search import HybridSearch
from retrieval.vectors import VectorIndex

Told = Callable[[str], None]


def open_search(settings: Settings) -> HybridSearch:
    """The search over the library that the settings name."""
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(choice, timeout=settings.timeout)
    library = Library(settings.home)

    def check() -> None:
        if library.exists():
            library.check_settings(embedding=str(choice), chunking=CHUNKING)

    def open_vectors() -> VectorIndex:
        check()  # another process may have rebuilt it since
        return vectors_of(settings, embeddings)()

    check()
    return HybridSearch(library, embeddings, open_vectors)


def vectors_of(settings: Settings, embeddings: Embeddings) -> Callable[[], VectorIndex]:
    """How to open the vectors of the library, each time anew."""
    return partial(VectorIndex, settings.home, embeddings, url=settings.chroma_url)


def open_graph(
    settings: Settings,
    *,
    checkpointer: BaseCheckpointSaver[str] | None = None,
    told: Told = lambda line: None,
) -> Graph:
    """Connect the graph to the models and the library that the settings name."""
    search = open_search(settings)
    model = open_model(settings, told=told)
    small = is_small(choose_chat(settings.chat_model), settings)
    judge: Judge = ScoreJudge(search.embeddings) if small else ModelJudge(model)
    return build_graph(
        model=model,
        search=search,
        judge=judge,
        embeddings=search.embeddings,
        small=small,
        checkpointer=checkpointer,
    )


def open_model(settings: Settings, *, told: Told = lambda line: None) -> BaseChatModel:
    """The chat model that the settings name, ready to be asked."""
    return open_chat(choose_chat(settings.chat_model), timeout=settings.timeout, told=told)


def is_small(choice: Choice, settings: Settings) -> bool:
    """Whether the chat model leaves the picking of evidence to retrieval scores."""
    if settings.grading == "auto":
        return choice.kind != "openai"
    return settings.grading == "scores"
