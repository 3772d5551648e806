"""Servers that take less than is sent, and texts that they will not take."""

import json
from collections.abc import Callable

import numpy as np
import openai as client
import pytest

from models.connect.choose import Choice
from models.embedding.checked_embedding import PROBE, TextNotEmbedded
from models.embedding.open import open_embeddings
from models.faults import BadReply
from retrieval.embeddings import NoVector, QueryEmbeddings
from tests.fake_openai import Exchange, FakeOpenAI, Treatment
from tests.fakes import FakeEmbeddings
from tests.treatments import refuses

TEXTS = [f"Text number {number}." for number in range(33)]


def opened() -> QueryEmbeddings:
    return open_embeddings(Choice("openai", "fake"), timeout=5)


def where(fails: Callable[[list[str]], bool], treatment: Treatment) -> Treatment:
    """Treat requests whose texts fail so, and reply to the others as usual."""
    return lambda exchange: (
        treatment(exchange) if fails(exchange.asked.body["input"]) else exchange.send_vectors()
    )


def says_why(status: int, message: str) -> Treatment:
    said = json.dumps({"error": {"message": message, "type": "error", "code": None}})
    return lambda exchange: exchange.send(said, status=status)


def sizes(openai: FakeOpenAI) -> list[int]:
    """How many texts each request had, apart from those for the probe."""
    asked = [one.body["input"] for one in openai.requests]
    return [len(texts) for texts in asked if texts != [PROBE]]


def right(texts: list[str]) -> list[list[float]]:
    return FakeEmbeddings().embed_documents(texts)


class TestBatches:
    @pytest.mark.parametrize("status", [400, 413, 422, 500])
    def test_a_server_that_takes_ten_texts_is_asked_for_no_more_again(
        self, openai: FakeOpenAI, status: int
    ):
        openai.always["embed"] = where(lambda texts: len(texts) > 10, refuses(status))
        embeddings = opened()

        assert np.allclose(embeddings.embed_documents(TEXTS), right(TEXTS), atol=1e-6)
        openai.requests.clear()
        assert np.allclose(embeddings.embed_documents(TEXTS), right(TEXTS), atol=1e-6)
        assert sizes(openai) == [9, 9, 9, 6]

    def test_one_text_that_fails_makes_no_batch_smaller(self, openai: FakeOpenAI):
        openai.always["embed"] = where(lambda texts: TEXTS[20] in texts, refuses(500))
        embeddings = opened()
        embeddings.embed_each(TEXTS)
        openai.requests.clear()

        embeddings.embed_documents(TEXTS[:20])

        assert sizes(openai) == [20]

    def test_base64_that_is_refused_is_asked_for_once(self, openai: FakeOpenAI):
        def refuse(exchange: Exchange) -> None:
            is_base64 = exchange.asked.body["encoding_format"] == "base64"
            refuses(400)(exchange) if is_base64 else exchange.send_vectors()

        openai.always["embed"] = refuse
        embeddings = opened()

        for _ in range(2):
            assert np.allclose(embeddings.embed_documents(TEXTS), right(TEXTS), atol=1e-6)
        formats = [asked.body["encoding_format"] for asked in openai.requests]
        assert formats == ["base64", "float", "float"]


class TestLength:
    @pytest.mark.parametrize(
        ("status", "message"),
        [
            (400, "the input length exceeds the context length"),
            (413, "Input validation error"),
            (500, "input (900 tokens) is too large to process"),
        ],
    )
    def test_a_text_that_is_too_long_is_cut_and_its_length_remembered(
        self, openai: FakeOpenAI, status: int, message: str
    ):
        def is_long(texts: list[str]) -> bool:
            return any(len(text) > 1_500 for text in texts)

        openai.always["embed"] = where(is_long, says_why(status, message))
        embeddings, long = opened(), "words " * 1_000

        vectors = embeddings.embed_documents([*TEXTS, long])

        assert np.allclose(vectors, right([*TEXTS, long]), atol=1e-3)
        openai.requests.clear()
        embeddings.embed_documents([*TEXTS, long])
        assert sizes(openai) == [34]
        assert len(openai.requests[0].body["input"][-1]) == 1_500

    def test_a_text_that_is_never_short_enough_is_given_up(self, openai: FakeOpenAI):
        fails = where(lambda texts: texts[0].startswith("bad"), says_why(400, "too many tokens"))
        openai.always["embed"] = fails

        [made] = opened().embed_each(["bad " * 1_000])

        assert made == NoVector("HTTP 400: too many tokens")
        assert len(openai.requests[-2].body["input"][0]) == 125


class TestTexts:
    @pytest.mark.parametrize("status", [400, 413, 422, 500, 503])
    def test_a_text_that_fails_alone_has_no_vector_and_the_others_have(
        self, openai: FakeOpenAI, status: int
    ):
        openai.always["embed"] = where(
            lambda texts: TEXTS[7] in texts, says_why(status, "no value:\n\x1b[1mNaN")
        )

        made = opened().embed_each(TEXTS)

        assert made[7] == NoVector(f"HTTP {status}: no value: [1mNaN")
        assert np.allclose([*made[:7], *made[8:]], right([*TEXTS[:7], *TEXTS[8:]]), atol=1e-6)

    def test_a_text_whose_vector_is_broken_has_none_and_the_others_have(self, openai: FakeOpenAI):
        nan = {"object": "list", "data": [{"index": 0, "embedding": [float("nan")] * 1024}]}

        def treatment(exchange: Exchange) -> None:
            rows = len(exchange.asked.body["input"])
            data = [{**nan["data"][0], "index": index} for index in range(rows)]
            exchange.send(json.dumps({**nan, "data": data}))

        openai.always["embed"] = where(lambda texts: TEXTS[3] in texts, treatment)

        made = opened().embed_each(TEXTS[:5])

        assert [isinstance(one, NoVector) for one in made] == [False, False, False, True, False]
        assert "NaN" in made[3].reason

    def test_a_query_that_fails_alone_is_told(self, openai: FakeOpenAI):
        openai.always["embed"] = where(lambda texts: "ape" in texts, says_why(400, "no apes"))

        with pytest.raises(TextNotEmbedded, match=r"HTTP 400: no apes.*\(The server"):
            opened().embed_query("ape")


class TestServers:
    @pytest.mark.parametrize(
        ("fault", "raised", "most"),
        [
            (refuses(400), client.BadRequestError, 4),
            (refuses(401), client.AuthenticationError, 1),
            (refuses(402), client.APIStatusError, 1),
            (refuses(403), client.PermissionDeniedError, 1),
            (refuses(404), client.NotFoundError, 1),
            (refuses(429, "insufficient_quota"), client.RateLimitError, 3),
            (refuses(500), client.InternalServerError, 6),
            (lambda exchange: exchange.send("{}"), BadReply, 2),
        ],
    )
    def test_a_fault_of_the_whole_server_is_no_texts(
        self, openai: FakeOpenAI, fault: Treatment, raised: type[Exception], most: int
    ):
        openai.always["embed"] = fault

        with pytest.raises(raised):
            opened().embed_each(TEXTS)
        assert openai.count("embed") <= most

    def test_a_server_that_fails_for_a_moment_is_asked_again(self, openai: FakeOpenAI):
        openai.faults["embed"] = [refuses(503), refuses(503)]

        assert np.allclose(opened().embed_documents(TEXTS), right(TEXTS), atol=1e-6)
        assert openai.count("embed") == 3
