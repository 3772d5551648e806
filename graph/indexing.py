"""Index what the settings name: which library, which embeddings."""

from collections.abc import Callable, Sequence
from pathlib import Path

from graph.open import vectors_of
from graph.settings import Settings
from models.choose import choose_embedding
from models.embedding import open_embeddings
from models.errors import MODEL_FAULTS, explained
from retrieval.index import Indexed, Progress, index_files, pdf_files
from retrieval.library import Library


def index_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> list[Indexed]:
    """Bring the PDFs among files and below folders into the library."""
    files = pdf_files(paths, apart_from=settings.home)
    choice = choose_embedding(settings.embedding_model)
    embeddings = open_embeddings(choice, timeout=settings.timeout)
    try:
        return index_files(
            files,
            library=Library(settings.home),
            vectors=vectors_of(settings, embeddings),
            embedding=str(choice),
            progress=progress,
        )
    except MODEL_FAULTS as fault:
        raise explained(fault) from fault
