"""Check that the legs of a library's search agree."""

from dataclasses import dataclass

from retrieval.store.lexical import open_lexical
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from retrieval.store.windows import WindowVectors


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


def compare_indexes(library: Library, vectors: VectorIndex) -> list[IndexAgreement]:
    """Whether each leg holds the passages of the ledger, and no others."""
    ledger = {str(id) for id, _ in library.iterate_searched_texts()}
    lacking = ledger - WindowVectors(library).list_ids()
    legs = {"bm25": open_lexical(library).list_ids(), "vector": vectors.list_ids() - lacking}
    return [
        IndexAgreement(leg=leg, missing=len(ledger - ids), left_over=len(ids - ledger))
        for leg, ids in legs.items()
    ]
