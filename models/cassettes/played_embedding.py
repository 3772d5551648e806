"""An embedding model behind a cassette: vectors are played, else made and recorded."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.cassettes.cassette import Cassette
from models.cassettes.once import Once
from retrieval.embeddings import QueryEmbeddings

# As vectors are kept: half of what Python's numbers take, and all that models give.
DTYPE = np.dtype("<f4")

Embed = Callable[[QueryEmbeddings, list[str]], list[list[float]]]


class PlayedEmbeddings(QueryEmbeddings):
    """Text by text, so that a batch of others finds those that it shares.

    A vector is rounded when it is recorded as well: a run and its replay see the same numbers.
    """

    def __init__(self, cassette: Cassette, open: Callable[[], QueryEmbeddings]) -> None:
        self._cassette = cassette
        self._model = Once(open)
        self._known: dict[tuple[str, str], NDArray[np.float32]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return self._embed_texts("document", texts, lambda model, new: model.embed_documents(new))

    def embed_query(self, text: str) -> list[float]:
        """One vector."""
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """One vector a query."""
        return self._embed_texts("query", texts, lambda model, new: model.embed_queries(new))

    def _embed_texts(self, kind: str, texts: Sequence[str], embed: Embed) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if not self._has_vector(kind, text)]
        if new:
            with self._cassette.explain_lack():
                made = embed(self._model.get_value(), new)
            vectors = dict(zip(new, np.array(made, DTYPE), strict=True))
            self._cassette.record_calls(
                *(
                    (_describe_call(kind, text), {"vector": _pack_vector(one)})
                    for text, one in vectors.items()
                )
            )
            self._known |= {(kind, text): one for text, one in vectors.items()}
        return [self._known[kind, text].tolist() for text in texts]

    def _has_vector(self, kind: str, text: str) -> bool:
        """Whether the vector is known, from this run or from the cassette."""
        if (kind, text) in self._known:
            return True
        got = self._cassette.play_call(_describe_call(kind, text))
        if got:
            self._known[kind, text] = np.frombuffer(b64decode(got["vector"]), DTYPE)
        return got is not None


def _describe_call(kind: str, text: str) -> dict[str, str]:
    return {"embed": kind, "text": text}


def _pack_vector(vector: NDArray[np.float32]) -> str:
    return b64encode(vector.tobytes()).decode()
