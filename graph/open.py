"""Connect what the settings name: the library, the models, the graph."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from graph.build import build_graph
from graph.run import Graph
from graph.settings import Settings
from graph.spending import open_meter
from graph.trial.trial import OnResult, TaskResult, try_model
from language.catalogue import Text
from models.cassettes.cassette import Cassette
from models.chat.adaptive_chat import AdaptiveChat
from models.chat.capabilities import ProfileName
from models.chat.open import OnLine, open_chat
from models.connect.choose import Choice, choose_chat, choose_embedding
from models.embedding.open import open_embeddings
from models.errors import OtherModel
from nodes.profile import ModelProfile
from nodes.small.profile import SmallProfile
from nodes.strong.profile import StrongProfile
from retrieval.embeddings import QueryEmbeddings
from retrieval.ingest.ledger import CHUNKING
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex

# Tasks of a trial that a server is given at once; a model on this machine gets one after the other.
TASKS_AT_ONCE = 4


def open_search(settings: Settings, *, cassette: Cassette | None = None) -> HybridSearch:
    """The search over the library that the settings name."""
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(
        choice,
        timeout=settings.timeout,
        cassette=cassette,
        meter=open_meter(settings, choice),
    )
    library = Library(settings.home)

    def check() -> None:
        if library.exists():
            library.check_settings(embedding=str(choice), chunking=CHUNKING)

    def open_vectors() -> VectorIndex:
        check()  # another process may have rebuilt it since
        return make_vector_opener(settings, embeddings)()

    check()
    return HybridSearch(library, embeddings, open_vectors)


def make_vector_opener(
    settings: Settings, embeddings: QueryEmbeddings
) -> Callable[[], VectorIndex]:
    """How to open the vectors of the library, each time anew."""
    return partial(VectorIndex, settings.home, embeddings, url=settings.chroma_url)


def open_graph(
    settings: Settings,
    *,
    checkpointer: BaseCheckpointSaver[str] | None = None,
    on_line: OnLine = lambda line: None,
    cassette: Cassette | None = None,
    search: HybridSearch | None = None,
) -> Graph:
    """Connect the graph to the models and the library that the settings name; `search`: one that is open."""
    search = search or open_search(settings, cassette=cassette)
    profile = open_profile(settings, search, on_line=on_line, cassette=cassette)
    return build_graph(profile=profile, search=search, checkpointer=checkpointer)


def open_profile(
    settings: Settings,
    search: HybridSearch,
    *,
    on_line: OnLine = lambda line: None,
    cassette: Cassette | None = None,
) -> ModelProfile:
    """The chat model that the settings name, asked as its kind has to be."""
    model = open_model(settings, on_line=on_line, cassette=cassette)
    if choose_profile(settings, model, on_line=on_line) == "strong":
        return StrongProfile(model, embeddings=search.embeddings)
    return SmallProfile(model, embeddings=search.embeddings)


def open_model(
    settings: Settings, *, on_line: OnLine = lambda line: None, cassette: Cassette | None = None
) -> AdaptiveChat:
    """The chat model that the settings name, ready to be asked."""
    choice = choose_chat(settings.chat_model)
    return open_chat(
        choice,
        timeout=settings.timeout,
        on_line=on_line,
        cassette=cassette,
        kept_in=settings.home,
        window=settings.context_tokens,
        meter=open_meter(settings, choice),
    )


def choose_profile(
    settings: Settings, model: AdaptiveChat, *, on_line: OnLine = lambda line: None
) -> ProfileName:
    """The profile that the settings name, else what is known of the model; where nothing is, a trial."""
    if settings.profile != "auto":
        return settings.profile
    if model.memory.known.profile is None and model.memory.path:
        on_line(Text("chat_models.first_trial", model=model.memory.key))
        try_settled_model(settings, model, first=True)
    default: ProfileName = "small" if choose_chat(settings.chat_model).runs_here else "strong"
    return model.memory.known.profile or default


def try_settled_model(
    settings: Settings,
    model: AdaptiveChat,
    *,
    first: bool = False,
    on_result: OnResult = lambda result: None,
) -> list[TaskResult]:
    """The results of the trial of the chat model that the settings name; `model` learns from it.

    What was found out before is forgotten: the server may be another now.
    """
    at_once = 1 if choose_chat(settings.chat_model).is_free else TASKS_AT_ONCE
    model.memory.forget()
    tried = open_model(settings)  # a client of its own: its connections end with the trial's loop
    trial = try_model(tried, at_once=at_once, first=first, on_result=on_result)
    results = _run_to_end(trial)
    model.memory.known = tried.memory.known
    return results


def _run_to_end(trial: Coroutine[Any, Any, list[TaskResult]]) -> list[TaskResult]:
    """The results of a trial; in this thread, where Ctrl-C ends it, unless a loop runs here already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(trial)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, trial).result()


def open_cassette(
    settings: Settings, path: Path, *, plays_only: bool = False
) -> tuple[Cassette, Settings]:
    """A cassette, and the settings with the models that it was recorded with, or is to be.

    One that `plays_only` never asks a model, and writes nothing.
    """
    cassette = Cassette(path, plays_only=plays_only)
    chat = _agree_on_model(cassette, "chat", settings.chat_model, choose_chat)
    embedding = _agree_on_model(cassette, "embedding", settings.embedding_model, choose_embedding)
    cassette.begin_file({"chat": chat, "embedding": embedding})
    named = {"chat_model": chat.removeprefix("gguf:"), "embedding_model": embedding}
    return cassette, settings.model_copy(update=named)


def _agree_on_model(
    cassette: Cassette, kind: str, given: str | None, choose: Callable[[str | None], Choice]
) -> str:
    """The name of a model: the cassette's, which what the user has given must not gainsay."""
    recorded = cassette.models.get(kind)
    if recorded and not given:
        return recorded
    chosen = str(choose(given))
    if recorded and recorded != chosen:
        raise OtherModel(cassette.path, recorded, chosen)
    return chosen
