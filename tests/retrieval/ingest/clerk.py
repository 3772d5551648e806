"""A clerk who writes headers, and a library with what indexing and searching it takes."""

from collections.abc import Sequence
from pathlib import Path

from retrieval.ingest.headers import Keep, MissingHeader
from retrieval.ingest.ledger import index_files
from retrieval.ingest.progress import Progress
from retrieval.ingest.readings import HeaderReading
from retrieval.ingest.results import IndexResult
from retrieval.parsing.files import list_readable_files
from retrieval.passages import Hit, Passage
from retrieval.search.hybrid import HybridSearch
from retrieval.store.library import Library
from retrieval.store.vectors import VectorIndex
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import PowerCut
from tests.samples import make_pdf


class Clerk:
    """Writes that a passage is about zebras, until its `budget` is spent; some it never can."""

    window = 128_000
    prompt = "v1"

    def __init__(self, model: str = "clerk") -> None:
        self.model = model
        self.asked: list[str] = []
        self.budget = 10**9
        self.fails: set[str] = set()

    def write_headers(
        self, readings: Sequence[HeaderReading], keep: Keep
    ) -> Sequence[MissingHeader]:
        failed = []
        for passage in (one for reading in readings for one in reading.passages):
            if len(self.asked) >= self.budget:
                raise PowerCut
            self.asked.append(passage.text)
            if passage.document in self.fails:
                failed.append(MissingHeader(passage, "no reply"))
            else:
                keep(passage, f"Zebras are the topic, says {self.model}.")
        return failed


class Desk:
    """A library with what indexing and searching it takes."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "data"
        self.papers = folder / "papers"
        self.papers.mkdir()
        self.library = Library(self.home)
        self.clerk = Clerk()
        self.embeddings = FakeEmbeddings()
        self.told: list[Progress] = []

    def write(self, name: str, *pages: str) -> Path:
        return make_pdf(self.papers / name, *pages, title=f"The {name} paper")

    def index(self, *, contextual: bool = True) -> list[IndexResult]:
        return index_files(
            list_readable_files([self.papers]),
            library=self.library,
            vectors=self.open_vectors,
            embedding="fake",
            headers=(lambda: self.clerk) if contextual else None,
            progress=self.told.append,
        )

    def open_vectors(self) -> VectorIndex:
        return VectorIndex(self.home, self.embeddings)

    def hits(self, query: str) -> list[Hit]:
        search = HybridSearch(self.library, self.embeddings, self.open_vectors)
        return search.find_passages(lexical=[query], semantic=[query], top=9)

    def found(self, word: str) -> list[Passage]:
        """What a search finds that has the word in it."""
        passages = [hit.passage for hit in self.hits(word)]
        return [passage for passage in passages if word in passage.searched_text.lower()]

    def states(self) -> list[tuple[str, str]]:
        return [(document.name, document.state) for document in self.library.list_documents()]
