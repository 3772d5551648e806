"""Keep the library that the settings name in order: take documents out, check its searches."""

from collections.abc import Callable, Sequence

from graph.open import make_vector_opener
from graph.settings import Settings
from graph.spending import open_meter
from indexing.run import Consents, index_again
from models.connect.choose import choose_embedding
from models.embedding.open import open_embeddings
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from retrieval.ingest import removal
from retrieval.ingest.compare import VectorComparison, compare_vectors
from retrieval.ingest.progress import OnProgress
from retrieval.ingest.upkeep import IndexAgreement, compare_indexes
from retrieval.store.contents import Document
from retrieval.store.library import Library
from retrieval.store.trash import list_restorable
from retrieval.store.vectors import VectorIndex


def remove_documents(settings: Settings, documents: Sequence[Document]) -> None:
    """Take documents out of the library; for a week they can be brought back."""
    removal.remove_documents(
        documents, library=Library(settings.home), vectors=_open_vectors_later(settings)
    )


def restore_documents(
    settings: Settings,
    documents: Sequence[Document],
    *,
    consents: Consents = lambda estimate: True,
    progress: OnProgress = lambda progress: None,
) -> None:
    """Bring documents back that were taken out.

    No model is asked, but for those that were taken out before a rebuild: these are read again.
    """
    whole = [document for document in documents if document.passages]
    if whole:
        removal.restore_documents(
            whole, library=Library(settings.home), vectors=_open_vectors_later(settings)
        )
    for document in documents:
        if not document.passages:
            index_again(settings, document, consents=consents, progress=progress)


def list_removed(settings: Settings) -> list[Document]:
    """The documents that can be brought back, the last one that was taken out first."""
    library = Library(settings.home)
    return list_restorable(library) if library.exists() else []


def check_indexes(settings: Settings) -> list[IndexAgreement]:
    """Whether each leg of the search holds what the ledger says."""
    return compare_indexes(Library(settings.home), _open_vectors_later(settings)())


def check_vectors(settings: Settings) -> VectorComparison:
    """Whether kept vectors are those of the embedding model; UserError where it cannot be asked."""
    choice = choose_embedding(settings.embedding_model)
    library = Library(settings.home)
    library.check_settings(embedding=str(choice))
    try:
        embeddings = open_embeddings(
            choice, timeout=settings.timeout, meter=open_meter(settings, choice)
        )
        return compare_vectors(library, embeddings)
    except MODEL_FAULTS as fault:
        raise explain_fault(fault) from fault


def _open_vectors_later(settings: Settings) -> Callable[[], VectorIndex]:
    choice = choose_embedding(settings.embedding_model)
    return make_vector_opener(settings, open_embeddings(choice, timeout=settings.timeout))
