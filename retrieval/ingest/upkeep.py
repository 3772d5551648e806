"""Keep a library in order: take documents out of every leg, and check that the legs agree."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import UserError
from retrieval.ingest.lock import lock_library
from retrieval.store.contents import Document
from retrieval.store.lexical import open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors


class NoSuchDocument(UserError):
    """No document of the library is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"다음 문서가 없습니다: {name}. `munheon documents`로 이름을 확인하세요. (No such document.)"
        )


@dataclass(frozen=True, kw_only=True)
class IndexAgreement:
    """How far one leg holds exactly the passages that searches may find."""

    leg: str
    missing: int
    """Passages of the ledger that the leg lacks."""

    left_over: int
    """What the leg holds beyond them."""

    @property
    def is_complete(self) -> bool:
        """Whether it does."""
        return not self.missing and not self.left_over


def find_documents(library: Library, name: str) -> list[Document]:
    """The documents with this file name, or of this path or address; NoSuchDocument where there is none.

    A name counts as it is listed: its letters composed (macOS parts them), its white space single.
    """
    listed = library.list_documents()
    found = [one for one in listed if one.source in (name, str(Path(name).absolute()))] or [
        one for one in listed if _simplify_name(one.name) == _simplify_name(name)
    ]
    if not found:
        raise NoSuchDocument(name)
    return found


def _simplify_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def delete_documents(
    documents: Sequence[Document], *, library: Library, vectors: Callable[[], VectorIndex]
) -> None:
    """Take documents out of every leg, and their originals out of the library's folder."""
    with lock_library(library.home):
        index = vectors()  # where it cannot be opened, nothing is removed
        for document in documents:
            library.remove_document(document.id)
        index.delete_vectors(sorted(index.list_ids() - library.list_passage_ids()))
        open_lexical(library)
        kept = {document.sha256 for document in library.list_documents()}
        for document in documents:
            if document.sha256 not in kept:
                library.original_path(document.sha256).unlink(missing_ok=True)


def compare_indexes(library: Library, vectors: VectorIndex) -> list[IndexAgreement]:
    """Whether each leg holds the passages of the ledger, and no others."""
    ledger = {str(id) for id, _ in library.iterate_searched_texts()}
    lacking = ledger - WindowVectors(library).list_ids()
    legs = {"bm25": open_lexical(library).list_ids(), "vector": vectors.list_ids() - lacking}
    return [
        IndexAgreement(leg=leg, missing=len(ledger - ids), left_over=len(ids - ledger))
        for leg, ids in legs.items()
    ]
