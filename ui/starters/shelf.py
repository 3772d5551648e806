"""A reader's papers as the answering path sees them, without what only its search needs."""

from collections.abc import Collection, Sequence
from functools import cached_property

from language.abbreviations import list_initials
from language.loanwords import Loanwords
from language.names import find_family, find_names, remove_joints
from nodes.named_papers import find_meant_papers
from retrieval.passages import LibraryPaper, Passage
from retrieval.store.contents import Document, LibraryContents


class Shelf:
    """A `PaperCatalogue` of some documents of a library; passages are read as they are needed."""

    def __init__(self, library: LibraryContents, documents: Sequence[Document]) -> None:
        self.documents = documents
        self._library = library
        self._passages: dict[int, Sequence[Passage]] = {}

    @cached_property
    def _papers(self) -> Sequence[LibraryPaper]:
        return [
            LibraryPaper(
                id=one.id,
                sha256=one.sha256,
                document=one.name,
                title=one.title,
                pages=one.pages,
                first=None,
            )
            for one in self.documents
        ]

    def list_papers(self) -> Sequence[LibraryPaper]:
        """The same as papers; what they begin with is not read."""
        return self._papers

    def list_titles(self) -> Sequence[str]:
        """Their titles."""
        return [paper.name for paper in self._papers]

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
        meant = find_meant_papers(message, (), self.narrow(message))
        return isinstance(meant, list) and {one.id for one in meant} == {one.id for one in papers}

    def narrow(self, message: str) -> "Shelf":
        """The papers that a question may mean by its names; all where it has none."""
        names = find_names(message)
        if not names:
            return self
        spelt = {remove_joints(find_family(name) or name) for name in names}
        called = [
            document
            for document, letters in zip(self.documents, self._letters, strict=True)
            if any(name in letters for name in spelt)
        ]
        narrowed = Shelf(self._library, called)
        narrowed._passages = self._passages
        return narrowed

    @cached_property
    def _letters(self) -> Sequence[str]:
        """All that each document can be called by, in one."""
        return [
            remove_joints(f"{one.title} {one.name} {list_initials(one.title.partition(':')[0])}")
            for one in self.documents
        ]


def open_shelf(library: LibraryContents, visible: Collection[int] | None = None) -> Shelf:
    """The papers that can be searched, of those that a reader may see."""
    documents = [
        one
        for one in library.list_documents()
        if one.state == "ready" and (visible is None or one.id in visible)
    ]
    return Shelf(library, documents)
