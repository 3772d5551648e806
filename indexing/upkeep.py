"""Keep the library that the settings name in order: take documents out, check its searches."""

from collections.abc import Callable, Sequence

from graph.open import make_vector_opener
from graph.settings import Settings
from graph.spending import open_meter
from models.connect.choose import choose_embedding
from models.embedding.open import open_embeddings
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from retrieval.ingest.compare import VectorComparison, compare_vectors
from retrieval.ingest.upkeep import IndexAgreement, compare_indexes, delete_documents
from retrieval.store.contents import Document
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex


def remove_documents(settings: Settings, documents: Sequence[Document]) -> None:
    """Take documents out of the library."""
    delete_documents(
        documents, library=Library(settings.home), vectors=_open_vectors_later(settings)
    )


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
