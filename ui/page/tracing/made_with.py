"""With what an answer was made: versions, models, and what the library held."""

from importlib.metadata import version
from typing import Any

from graph.settings import Settings
from models.connect.choose import choose_chat, choose_embedding
from retrieval.store.library import Library
from ui.papers.viewer import Viewer


def describe_making(
    settings: Settings, *, viewer: Viewer, asks_chat: bool = True
) -> dict[str, Any]:
    """The program's version, the models' names (of the chat model, where one is asked), the library's size.

    The library is as large as its `viewer` sees it.
    """
    library = Library(settings.home)
    ready = [one for one in viewer.list_documents(library) if one.state == "ready"]
    return {
        "munheon": version("munheon"),
        "chat": str(choose_chat(settings.chat_model)) if asks_chat else None,
        "embedding": str(choose_embedding(settings.embedding_model)),
        "library": {
            "papers": len(ready),
            "passages": sum(one.passages for one in ready),
            "generation": library.read_generation(),
        },
    }
