"""Take documents out of every leg of the search, and bring them back."""

from collections.abc import Callable, Sequence

from retrieval.errors import UserError
from retrieval.ingest.lock import lock_library
from retrieval.store.documents import Document
from retrieval.store.lexical import open_lexical
from retrieval.store.library import Library
from retrieval.store.trash import mark_removed, sweep_trash, unmark_removed
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors, mean_direction


class NewerIsThere(UserError):
    """A document cannot come back, for its file or content is in the library again."""

    def __init__(self, document: Document) -> None:
        super().__init__("libraries.newer_is_there", name=document.name)


def remove_documents(
    documents: Sequence[Document], *, library: Library, vectors: Callable[[], VectorIndex]
) -> None:
    """Take documents out of every leg; for a week they can be brought back.

    UserError where the vectors cannot be reached or somebody else is writing: nothing is removed.
    """
    with lock_library(library.home):
        index = vectors()
        mark_removed(library, *(document.id for document in documents))
        index.delete_vectors(sorted(index.list_ids() - library.list_passage_ids()))
        open_lexical(library)
        sweep_trash(library)


def restore_documents(
    documents: Sequence[Document], *, library: Library, vectors: Callable[[], VectorIndex]
) -> None:
    """Bring documents back as they were, without asking a model.

    What was taken out before it was embedded as a whole is gone on with by the next indexing run.
    """
    with lock_library(library.home):
        for document in documents:
            _check_place(library, document)
        index = vectors()
        for document in documents:
            unmark_removed(library, document, source=document.source, name=document.name)
            _return_vectors(library, document, index)
        open_lexical(library)


def _return_vectors(library: Library, document: Document, index: VectorIndex) -> None:
    """Give a document its vectors again; searches find it where none is lacking."""
    ids = sorted(library.list_searched_ids(document.id))
    kept = WindowVectors(library).read_vectors(ids)
    index.add_vectors({id: mean_direction(vectors) for id, vectors in kept.items()})
    if len(kept) + document.unembedded >= len(ids):
        library.set_ready(document.id)


def _check_place(library: Library, document: Document) -> None:
    """NewerIsThere where the document's file or content is in the library."""
    for other in library.list_documents():
        is_same = document.owner == other.owner and (
            document.sha256 == other.sha256 or document.source == other.source
        )
        if is_same and other.is_read:
            raise NewerIsThere(document)
