"""Ask a server that speaks OpenAI's API for vectors."""

from base64 import b64decode
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import openai
from openai.types import CreateEmbeddingResponse

from language.catalogue import Text
from language.tokens import count_tokens
from models.connect.http import open_http_client
from models.cost.meter import Meter
from models.embedding.vector_checks import Row, WrongVectors
from models.faults import BadReply


class EmbeddingClient:
    """One model of one server; it remembers how the server wants to write numbers."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None,
        api_key: str,
        timeout: float,
        retries: int,
        meter: Meter,
    ) -> None:
        self._model = model
        self._meter = meter
        client: Any = open_http_client(base_url, timeout)  # it takes httpx's as well as httpx2's
        self._client = openai.OpenAI(
            base_url=base_url,
            api_key=api_key,
            timeout=timeout,
            max_retries=retries,
            http_client=client,
        )
        # A third of the size of numbers in words, but some servers refuse it.
        self._format: Literal["base64", "float"] = "base64"
        self._is_settled = False

    def ask_for_vectors(self, texts: Sequence[str]) -> list[Row]:
        """What the server sends for the texts, as it numbers them.

        Raises openai.OpenAIError where it does not, BadReply where it sends something else.
        """
        self._meter.check_budget()
        try:
            rows = self._make_request(texts)
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            if self._is_settled:
                raise
            rows = self._make_request(texts, "float")
            self._format = "float"
        self._is_settled = True
        return rows

    def _make_request(
        self, texts: Sequence[str], format: Literal["float"] | None = None
    ) -> list[Row]:
        try:
            reply: object = self._client.embeddings.create(
                input=list(texts), model=self._model, encoding_format=format or self._format
            )
        except ValueError as error:
            raise BadReply("no JSON") from error
        self._meter.add_tokens(input=_read_tokens(reply) or sum(map(count_tokens, texts)))
        data = reply.data if isinstance(reply, CreateEmbeddingResponse) else None
        if not isinstance(data, list):
            raise BadReply(str(reply))
        return [_read_row(item) for item in data]


def _read_tokens(reply: object) -> int | None:
    """How many tokens the server says that it read."""
    tokens = getattr(getattr(reply, "usage", None), "prompt_tokens", None)
    return tokens if isinstance(tokens, int) else None


def _read_row(item: Any) -> Row:
    """The client checks nothing of what it reads: any field may be of any type, or missing."""
    index, numbers = getattr(item, "index", None), getattr(item, "embedding", None)
    if isinstance(numbers, str):
        numbers = _decode_numbers(numbers)
    return (
        index if isinstance(index, int) else None,
        numbers if isinstance(numbers, list) else [],
    )


def _decode_numbers(packed: str) -> list[float]:
    try:
        numbers: list[float] = np.frombuffer(b64decode(packed), dtype="<f4").tolist()
    except ValueError as error:
        raise WrongVectors(Text("faults.base")) from error
    return numbers
