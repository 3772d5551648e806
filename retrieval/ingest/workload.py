"""What an indexing run has before it, counted before anything is paid for."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from language.tokens import count_tokens
from retrieval.passages import Passage
from retrieval.store.contents import HeaderKey
from retrieval.store.documents import Document
from retrieval.store.library import Library
from retrieval.store.windows import cut_windows


@dataclass(frozen=True, kw_only=True)
class Workload:
    """The documents that are read and not yet ready, and those that are to get headers."""

    pages: int
    papers: Sequence[Sequence[Passage]]
    """The passages of each that are to be searched."""

    headers: Set[HeaderKey] = frozenset()
    """The written headers that earlier runs have kept."""

    @property
    def passages(self) -> int:
        """How many passages are to be embedded."""
        return sum(map(len, self.papers))

    @property
    def characters(self) -> int:
        """How many characters are to be embedded."""
        return sum(len(passage.searched_text) for paper in self.papers for passage in paper)

    @cached_property
    def tokens(self) -> int:
        """How many tokens are to be embedded."""
        return sum(
            count_tokens(window)
            for paper in self.papers
            for passage in paper
            for window in cut_windows(passage)
        )


def measure_workload(library: Library, further: Sequence[Document] = ()) -> Workload:
    """What is read into a library's ledger and not yet ready, and `further` documents of it."""
    parsed = [document for document in library.list_documents() if document.state == "parsed"]
    documents = {document.id: document for document in (*parsed, *further)}.values()
    return Workload(
        pages=sum(document.pages for document in documents),
        papers=[library.list_passages_of_document(document.id) for document in documents],
        headers=library.read_header_keys(),
    )


def join_workloads(*works: Workload) -> Workload:
    """All of them together."""
    return Workload(
        pages=sum(work.pages for work in works),
        papers=[paper for work in works for paper in work.papers],
        headers=frozenset().union(*(work.headers for work in works)),
    )
