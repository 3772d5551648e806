"""A reader's papers as the answering path sees them, without what only its search needs."""

from collections.abc import Collection, Sequence
from functools import cached_property

from language.loanwords import Loanwords
from nodes.named_papers import find_meant_papers
from retrieval.passages import LibraryPaper, Passage
from retrieval.store.contents import Document, LibraryContents


class Shelf:
    """A `PaperCatalogue` of the papers that a reader may see; passages are read as they are needed."""

    def __init__(self, library: LibraryContents, visible: Collection[int] | None = None) -> None:
        self._library = library
        self._visible = visible
        self._passages: dict[int, Sequence[Passage]] = {}

    @cached_property
    def documents(self) -> Sequence[Document]:
        """The documents that can be searched, by name."""
        return [
            document
            for document in self._library.list_documents()
            if document.state == "ready" and (self._visible is None or document.id in self._visible)
        ]

    @cached_property
    def _papers(self) -> Sequence[LibraryPaper]:
        return [
            LibraryPaper(id=one.id, document=one.name, title=one.title, pages=one.pages, first=None)
            for one in self.documents
        ]

    def list_papers(self) -> Sequence[LibraryPaper]:
        """The same as papers; what they begin with is not read."""
        return self._papers

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        """One paper's passages, in order."""
        if paper.id not in self._passages:
            self._passages[paper.id] = self._library.list_passages_of_document(paper.id)
        return self._passages[paper.id]

    def load_loanwords(self) -> Loanwords:
        """None: what starters name is written in the papers' own letters."""
        return Loanwords({})

    def is_meant(self, message: str, papers: Sequence[LibraryPaper]) -> bool:
        """Whether a question means these papers and no others."""
        meant = find_meant_papers(message, (), self)
        return isinstance(meant, list) and {one.id for one in meant} == {one.id for one in papers}
