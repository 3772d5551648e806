"""What searches and indexing ask of an embedding model."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings


@dataclass(frozen=True)
class NoVector:
    """A text that alone has no vector, while others have theirs."""

    reason: str
    """In the words of the model's server."""


class QueryEmbeddings(Embeddings):
    """Embeddings that a search asks for all its queries at once, and indexing for each text's own fate."""

    longest: int | None = None
    """Characters of a text that are read where longer ones were found to be cut, else None."""

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """One vector a query; where each is a request to a server, to be overridden by one for all."""
        return [self.embed_query(text) for text in texts]

    def embed_each(self, texts: list[str]) -> Sequence[list[float] | NoVector]:
        """One vector a text, or why there is none; to be overridden where one text can fail alone."""
        return self.embed_documents(texts)
