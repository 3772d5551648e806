"""A library with what indexing and searching it takes."""

from pathlib import Path

from retrieval.ingest.ledger import index_files
from retrieval.ingest.progress import Progress
from retrieval.ingest.results import IndexResult
from retrieval.parsing.files import list_readable_files
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
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

    def __init__(self, folder: Path, *, url: str | None = None) -> None:
        self.url = url
        self.home = folder / "data"
        self.papers = folder / "papers"
        self.papers.mkdir(exist_ok=True)
        self.library = Library(self.home)
        self.embeddings = CountingEmbeddings()
        self.told: list[Progress] = []

    def write(self, name: str, *pages: str, title: str = "") -> Path:
        return make_pdf(self.papers / name, *pages, title=title or f"The {name} paper")

    def index(self, *paths: Path, owner: str = "") -> dict[str, str]:
        """What became of each file."""
        return {result.path.name: result.outcome for result in self.results(*paths, owner=owner)}

    def results(self, *paths: Path, owner: str = "") -> list[IndexResult]:
        return index_files(
            list_readable_files(paths or [self.papers]),
            library=self.library,
            vectors=self.open_vectors,
            embedding="fake",
            progress=self.told.append,
            owner=owner,
        )

    def found(self, query: str) -> list[str]:
        """The texts that a fresh search finds."""
        hits = self.open_search().find_passages(lexical=[query], semantic=[query], top=9)
        return [hit.passage.text for hit in hits]

    def open_search(self) -> HybridSearch:
        return HybridSearch(self.library, self.embeddings, self.open_vectors)

    def open_vectors(self) -> VectorIndex:
        return VectorIndex(self.home, self.embeddings, url=self.url)

    def vectors(self) -> set[str]:
        return self.open_vectors().list_ids()
