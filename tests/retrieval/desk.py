"""A library with what indexing and searching it takes."""

from pathlib import Path

from retrieval.files import readable_files
from retrieval.index import Indexed, Progress, index_files
from retrieval.library import Library
from retrieval.search import HybridSearch
from retrieval.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.samples import make_pdf


class PowerCut(Exception):
    """The process ends here."""


class CountingEmbeddings(FakeEmbeddings):
    """Counts the texts it embeds, and fails when its `budget` is spent."""

    def __init__(self) -> None:
        self.embedded = 0
        self.budget = 10**9

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.embedded + len(texts) > self.budget:
            raise PowerCut
        self.embedded += len(texts)
        return super().embed_documents(texts)


class Desk:
    """A library with what indexing and searching it takes."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "data"
        self.papers = folder / "papers"
        self.papers.mkdir()
        self.library = Library(self.home)
        self.embeddings = CountingEmbeddings()
        self.told: list[Progress] = []

    def write(self, name: str, *pages: str) -> Path:
        return make_pdf(self.papers / name, *pages, title=f"The {name} paper")

    def index(self, *paths: Path) -> dict[str, str]:
        """What became of each file."""
        return {result.path.name: result.outcome for result in self.results(*paths)}

    def results(self, *paths: Path) -> list[Indexed]:
        return index_files(
            readable_files(paths or [self.papers]),
            library=self.library,
            vectors=lambda: VectorIndex(self.home, self.embeddings),
            embedding="fake",
            progress=self.told.append,
        )

    def found(self, query: str) -> list[str]:
        """The texts that a fresh search finds."""
        search = HybridSearch(
            self.library, self.embeddings, lambda: VectorIndex(self.home, self.embeddings)
        )
        hits = search.search(lexical=[query], semantic=[query], top=9)
        return [hit.passage.text for hit in hits]

    def vectors(self) -> set[str]:
        return VectorIndex(self.home, self.embeddings).ids()
