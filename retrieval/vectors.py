"""The vector leg: Chroma holds one vector a passage, in the library folder or on a server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from retrieval.errors import UserError
from retrieval.passages import Passage

COLLECTION = "passages"
# Chroma takes 5,461 rows a call at most.
ROWS = 5_000


class VectorsUnreachable(UserError):
    """Chroma's files or server cannot be used."""

    def __init__(self, place: str, error: Exception) -> None:
        super().__init__(
            f"벡터 색인({place})을 열 수 없습니다: {error}. 서버가 켜져 있는지, 폴더 권한이 맞는지 확인하세요. "
            "(The vector index cannot be opened: check the server or the folder.)"
        )


class VectorIndex:
    """The vectors of a library's passages, by passage id."""

    def __init__(self, home: Path, embeddings: Embeddings, *, url: str | None = None) -> None:
        self._place = url or str(home / "chroma")
        with self._reached(ValueError):  # what its client makes of a server that is not there
            client = _client(self._place, remote=bool(url))
            self._store = Chroma(
                COLLECTION,
                embeddings,
                client=client,
                collection_metadata={"hnsw:space": "cosine"},
            )
            self._collection = client.get_collection(COLLECTION, embedding_function=None)

    def add(self, passages: Sequence[Passage]) -> None:
        """Embed passages and keep their vectors; the same id twice is kept once."""
        for start in range(0, len(passages), ROWS):
            rows = passages[start : start + ROWS]
            with self._reached():
                self._store.add_texts(
                    [passage.searched for passage in rows], ids=[passage.id for passage in rows]
                )

    def nearest(self, vector: list[float], count: int) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the nearest passages, best first."""
        # Not through LangChain, whose searches fetch every text as well, ten times as slow.
        with self._reached():
            found = self._collection.query(
                query_embeddings=np.array([vector], dtype=np.float32),
                n_results=count,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(id, 1 - distance) for id, distance in zip(found["ids"][0], distances, strict=True)]

    @contextmanager
    def _reached(self, *further: type[Exception]) -> Iterator[None]:
        """Tell Chroma's own faults in words; those of the embedding model pass through."""
        faults: tuple[type[Exception], ...] = (ChromaError, OSError, httpx.TransportError)
        try:
            yield
        except (*faults, *further) as error:
            raise VectorsUnreachable(self._place, error) from error

    def ids(self) -> set[str]:
        """The ids of all vectors."""
        found: set[str] = set()
        with self._reached():
            while page := self._store.get(include=[], limit=ROWS, offset=len(found))["ids"]:
                found.update(page)
        return found

    def delete(self, ids: Sequence[str]) -> None:
        """Forget vectors."""
        for start in range(0, len(ids), ROWS):
            with self._reached():
                self._store.delete(list(ids[start : start + ROWS]))


def _client(place: str, *, remote: bool) -> ClientAPI:
    """A fresh client: an older one in this process may not see another process's writes."""
    settings = ChromaSettings(anonymized_telemetry=False)
    if remote:
        url = urlsplit(place)
        return chromadb.HttpClient(
            host=url.hostname or "localhost",
            port=url.port or (443 if url.scheme == "https" else 8000),
            ssl=url.scheme == "https",
            settings=settings,
        )
    SharedSystemClient.clear_system_cache()
    return chromadb.PersistentClient(place, settings)
