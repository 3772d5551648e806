"""The vectors: Chroma holds one a passage, in the library folder or on a server."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import numpy as np

from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import UserError, VectorSizeDiffers
from retrieval.loopback import is_loopback
from retrieval.store.library import Library
from retrieval.store.read_only import can_write, copy_to_temporary

with chdir(Path(__file__).parent):  # Chroma reads a .env, which may be ours in CP949, as UTF-8
    import chromadb
    from chromadb.api import ClientAPI
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings as ChromaSettings
    from chromadb.errors import ChromaError, InvalidArgumentError, NotFoundError
    from langchain_chroma import Chroma

# Of a library's folder: where Chroma keeps its files.
FOLDER = "chroma"
# Chroma takes 5,461 rows a call at most.
ROWS = 5_000
# How long a server may take for one call.
SECONDS = 60.0
# Held while the environment is changed: two at once would leave it changed.
_ENVIRONMENT = Lock()


class VectorsUnreachable(UserError):
    """Chroma's files or server cannot be used."""

    def __init__(self, place: str, error: Exception) -> None:
        super().__init__("libraries.vectors_unreachable", place=place, reason=str(error))


class VectorIndex:
    """The vectors of a library's passages, by passage id, in the collection that it names."""

    def __init__(
        self,
        home: Path,
        embeddings: QueryEmbeddings,
        *,
        url: str | None = None,
        collection: str | None = None,
    ) -> None:
        self.embeddings = embeddings
        self._place = url or str(home / FOLDER)
        name = collection or Library(home).vector_collection_name()
        # What its client makes of a server that is not there, and of a proxy it cannot use.
        with self._explain_faults(ValueError, ImportError):
            self._client = _open_server(url) if url else _open_folder(self._place)
            self._store = Chroma(
                name,
                embeddings,
                client=self._client,
                collection_metadata={"hnsw:space": "cosine"},
            )
            self._collection = self._client.get_collection(name, embedding_function=None)

    def add_vectors(self, vectors: Mapping[str, Sequence[float]]) -> None:
        """Keep vectors by the ids of their passages; the same id twice is kept once."""
        ids = list(vectors)
        for start in range(0, len(ids), ROWS):
            rows = ids[start : start + ROWS]
            with self._explain_faults():
                self._collection.upsert(
                    rows, embeddings=np.array([vectors[id] for id in rows], dtype=np.float32)
                )

    def find_nearest(self, vector: list[float], count: int) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the nearest passages, best first."""
        # Not through LangChain, whose searches fetch every text as well, ten times as slow.
        with self._explain_faults():
            found = self._collection.query(
                query_embeddings=np.array([vector], dtype=np.float32),
                n_results=count,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(id, 1 - distance) for id, distance in zip(found["ids"][0], distances, strict=True)]

    @contextmanager
    def _explain_faults(self, *further: type[Exception]) -> Iterator[None]:
        """Tell Chroma's own faults in words; those of the embedding model pass through."""
        faults: tuple[type[Exception], ...] = (
            ChromaError,
            OSError,
            httpx.HTTPError,
            httpx.InvalidURL,
        )
        try:
            yield
        except InvalidArgumentError as error:  # nothing else of what we give can be wrong
            raise VectorSizeDiffers(str(error)) from error
        except (*faults, *further) as error:
            raise VectorsUnreachable(self._place, error) from error

    def is_empty(self) -> bool:
        """Whether it holds no vector."""
        with self._explain_faults():
            return self._collection.count() == 0

    def list_ids(self) -> set[str]:
        """The ids of all vectors."""
        found: set[str] = set()
        with self._explain_faults():
            while page := self._store.get(include=[], limit=ROWS, offset=len(found))["ids"]:
                found.update(page)
        return found

    def drop_collection(self, collection: str) -> None:
        """Forget another collection, if it is there."""
        with self._explain_faults(), suppress(NotFoundError):
            self._client.delete_collection(collection)

    def delete_vectors(self, ids: Sequence[str]) -> None:
        """Forget vectors."""
        for start in range(0, len(ids), ROWS):
            with self._explain_faults():
                self._store.delete(list(ids[start : start + ROWS]))


def _open_folder(path: str) -> ClientAPI:
    """A fresh client: an older one in this process may not see another process's writes."""
    SharedSystemClient.clear_system_cache()
    folder = Path(path)
    if not can_write(folder.parent, folder, folder / "chroma.sqlite3"):
        path = str(copy_to_temporary(folder) / folder.name)
    return chromadb.PersistentClient(
        path, ChromaSettings(_env_file=None, anonymized_telemetry=False)
    )


@contextmanager
def _reach_directly(url: str) -> Iterator[None]:
    """Within it clients are made that use no proxy to reach a server on this machine.

    Chroma makes a client of its own, which nothing but the environment tells of proxies.
    """
    if not is_loopback(url):
        yield
        return
    with _ENVIRONMENT:
        before = os.environ.get("no_proxy")
        os.environ["no_proxy"] = "*"  # goes before NO_PROXY
        try:
            yield
        finally:
            del os.environ["no_proxy"]
            if before is not None:
                os.environ["no_proxy"] = before


@cache  # each would keep its connections for good
def _open_server(url: str) -> ClientAPI:
    """The client of a server."""
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    host, port = parts.hostname or "localhost", parts.port or (443 if is_secure else 8000)
    heartbeat = f"{parts.scheme}://{host}:{port}/api/v2/heartbeat"
    with _reach_directly(url):
        httpx.get(heartbeat, timeout=SECONDS).raise_for_status()
        client: Any = chromadb.HttpClient(
            host=host,
            port=port,
            ssl=is_secure,
            settings=ChromaSettings(_env_file=None, anonymized_telemetry=False),
        )
    client._server._session.timeout = SECONDS  # it would wait for ever
    return cast(ClientAPI, client)
