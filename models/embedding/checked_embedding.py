"""Embeddings of a server that is not believed: asked in batches that it takes, its replies checked."""

import re
from collections.abc import Callable, Sequence

import openai

from models.embedding.vector_checks import BrokenVectors, Row, VectorChecks, WrongVectors
from models.faults import BadReply, EmbeddingFault, FaultKind, read_fault
from retrieval.embeddings import NoVector, QueryEmbeddings

# Servers take 2,048 texts of 300,000 tokens together; 1,000 windows of a passage stay well below.
TEXTS_A_REQUEST = 1_000
# How often vectors that cannot be right are asked for; behind each try stand those of the client.
TRIES = 2
# A text is not cut to fewer characters: the smallest models read 128 tokens.
SHORTEST = 100
# Asked where a text fails, for a server that fails at this as well is at fault itself.
PROBE = "The tides follow the moon."
# Faults that one text can be the cause of: not the key, the model or the credit.
OF_TEXT: frozenset[FaultKind] = frozenset({"refused", "too_long", "filtered", "server"})
# How servers of embeddings say that a text is too long, besides what all servers say.
TOO_LONG = re.compile(r"context|length|too (?:long|large)|tokens?\b|exceed", re.IGNORECASE)

AskForVectors = Callable[[Sequence[str]], Sequence[Row]]
"""One request to a server."""


class TextNotEmbedded(EmbeddingFault):
    """One text that a server embeds none of, while it embeds others."""

    def __init__(self, reason: str) -> None:
        super().__init__("faults.not_embedded", reason=reason)


class CheckedEmbeddings(QueryEmbeddings):
    """Vectors of unit length that are those of their texts, or an error that says why not.

    What a server takes is found out once: how many texts at a time, and how long ones.
    """

    def __init__(self, ask: AskForVectors) -> None:
        self._ask = ask
        self._checks = VectorChecks()
        self._most_texts = TEXTS_A_REQUEST

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; TextNotEmbedded where one alone has none."""
        vectors = []
        for made in self.embed_each(texts):
            if isinstance(made, NoVector):
                raise TextNotEmbedded(made.reason)
            vectors.append(made)
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """One vector: a query is embedded as a document is."""
        return self.embed_documents([text])[0]

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """One vector a query, of one request."""
        return self.embed_documents(texts)

    def embed_each(self, texts: list[str]) -> list[list[float] | NoVector]:
        """One vector a text, or why there is none; faults of the server as a whole are raised."""
        made: list[list[float] | NoVector] = []
        while len(made) < len(texts):
            made += self._embed_batch(texts[len(made) : len(made) + self._most_texts])
        return made

    def _embed_batch(self, texts: list[str]) -> Sequence[list[float] | NoVector]:
        try:
            return self._ask_again([text[: self.longest] for text in texts])
        except (openai.APIStatusError, BrokenVectors) as fault:
            self._check_server(fault)
            if len(texts) > 1:
                return self._embed_halves(texts)
            return [self._embed_shortened(texts[0][: self.longest], fault)]

    def _embed_halves(self, texts: list[str]) -> list[list[float] | NoVector]:
        """Embed what was too much at once, or holds a text that fails, in halves of halves."""
        half, longest = (len(texts) + 1) // 2, self.longest
        made = [*self.embed_each(texts[:half]), *self.embed_each(texts[half:])]
        if longest == self.longest and not any(isinstance(one, NoVector) for one in made):
            self._most_texts = min(self._most_texts, half)  # it was their number
        return made

    def _embed_shortened(self, text: str, fault: Exception) -> list[float] | NoVector:
        """The vector of the beginning of a text that is too long, or why there is none."""
        while _is_too_long(fault) and len(text) >= 2 * SHORTEST:
            text = text[: len(text) // 2]
            try:
                [vector] = self._ask_again([text])
            except (openai.APIStatusError, BrokenVectors) as again:
                self._check_server(again)
                fault = again
            else:
                self.longest = len(text)
                return vector
        return NoVector(_describe_fault(fault))

    def _check_server(self, fault: Exception) -> None:
        """Raise where not the texts but the server is at fault."""
        if isinstance(fault, openai.APIStatusError) and read_fault(fault).kind not in OF_TEXT:
            raise fault
        self._ask_again([PROBE])

    def _ask_again(self, texts: list[str]) -> list[list[float]]:
        """The vectors of one request, which is made again where they cannot be right."""
        for _ in range(TRIES - 1):
            try:
                return self._checks.check_reply(texts, self._ask(texts))
            except (BadReply, WrongVectors):
                continue
        return self._checks.check_reply(texts, self._ask(texts))


def _is_too_long(fault: Exception) -> bool:
    if not isinstance(fault, openai.APIStatusError):
        return False
    told = read_fault(fault)
    return told.kind == "too_long" or bool(TOO_LONG.search(told.words))


def _describe_fault(fault: Exception) -> str:
    """What a server said, on one line."""
    if not isinstance(fault, openai.APIStatusError):
        return str(fault)
    said = "".join(filter(str.isprintable, read_fault(fault).words))
    return f"HTTP {fault.status_code}: {said}"
