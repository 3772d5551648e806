"""Checks of vectors: what cannot be those of the texts is refused, over real HTTP."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pytest

from models.connect.choose import Choice
from models.embedding.open import open_embeddings
from models.embedding.vector_checks import BrokenVectors, VectorChecks, WrongVectors, to_unit_length
from models.explain import explain_fault
from models.faults import BadReply
from retrieval.embeddings import QueryEmbeddings
from retrieval.errors import VectorSizeDiffers
from tests.fake_openai import Exchange, FakeOpenAI, Treatment
from tests.fakes import FakeEmbeddings

TEXTS = [f"{animal} number {n}" for n, animal in enumerate("ape bee cat dog eel fox".split())]
REPLIES = 200

Row = dict[str, Any]


def spoils(spoil: Callable[[list[Row]], list[Row]]) -> Treatment:
    """Reply with the right vectors, made wrong."""

    def treatment(exchange: Exchange) -> None:
        texts = exchange.asked.body["input"]
        vectors = FakeEmbeddings().embed_documents(texts)
        rows = [{"index": index, "embedding": one} for index, one in enumerate(vectors)]
        exchange.send(json.dumps({"object": "list", "model": "fake", "data": spoil(rows)}))

    return treatment


def opened() -> QueryEmbeddings:
    return open_embeddings(Choice("openai", "fake"), timeout=5)


def shuffle_rows(random: Random, rows: list[Row]) -> list[Row]:
    return random.sample(rows, len(rows))


def number_wrongly(random: Random, rows: list[Row]) -> list[Row]:
    """In another order, with index fields that are missing, all 0, doubled or out of range."""
    rows = shuffle_rows(random, rows)
    wrong = random.choice(["missing", "zero", "doubled", "beyond", "words"])
    for place, row in enumerate(rows):
        if wrong == "missing":
            del row["index"]
        else:
            row["index"] = {"zero": 0, "doubled": place // 2, "beyond": place + 1}.get(wrong, "0")
    return rows


def lose_rows(random: Random, rows: list[Row]) -> list[Row]:
    return random.sample(rows, random.randrange(len(rows)))


def repeat_one(random: Random, rows: list[Row]) -> list[Row]:
    one = random.choice(rows)["embedding"]
    return [{**row, "embedding": one} for row in rows]


def spoil_numbers(random: Random, rows: list[Row]) -> list[Row]:
    """NaN, infinity or null among the numbers of some vector."""
    for row in random.sample(rows, random.randrange(1, len(rows) + 1)):
        row["embedding"][random.randrange(1024)] = random.choice([float("nan"), float("inf"), None])
    return rows


def empty_vectors(random: Random, rows: list[Row]) -> list[Row]:
    for row in random.sample(rows, random.randrange(1, len(rows) + 1)):
        row["embedding"] = [0.0] * 1024
    return rows


def cut_vectors(random: Random, rows: list[Row]) -> list[Row]:
    """Vectors of several sizes, or none at all."""
    for row in random.sample(rows, random.randrange(1, len(rows))):
        row["embedding"] = row["embedding"][: random.randrange(1024)]
    return rows


KINDS = [
    number_wrongly,
    lose_rows,
    repeat_one,
    spoil_numbers,
    empty_vectors,
    cut_vectors,
]


def test_none_of_200_bad_replies_is_accepted(openai: FakeOpenAI):
    random = Random(1)
    accepted, told = [], set()
    for number in range(REPLIES):
        spoil = KINDS[number % len(KINDS)]
        texts = random.sample(TEXTS, random.randrange(2, len(TEXTS) + 1))
        openai.always["embed"] = spoils(lambda rows, spoil=spoil: spoil(random, rows))
        try:
            opened().embed_documents(texts)
            accepted.append(spoil.__name__)
        except WrongVectors as error:
            told.add(str(error).split(". ")[0])

    assert accepted == []
    assert len(told) > 5  # each says what is wrong


@pytest.mark.parametrize("seed", range(20))
def test_vectors_in_another_order_are_put_in_order_by_their_index(openai: FakeOpenAI, seed: int):
    openai.always["embed"] = spoils(lambda rows: shuffle_rows(Random(seed), rows))

    vectors = opened().embed_documents(TEXTS)

    assert np.allclose(vectors, FakeEmbeddings().embed_documents(TEXTS))


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_reply_is_asked_for_once_more(openai: FakeOpenAI, kind):
    openai.faults["embed"] = [spoils(lambda rows: kind(Random(1), rows))]

    vectors = opened().embed_documents(TEXTS)

    assert np.allclose(vectors, FakeEmbeddings().embed_documents(TEXTS), atol=1e-6)
    assert openai.count("embed") == 2


@pytest.mark.parametrize("said", ["[]", "5", '"no"', "{", '{"data": 5}', '{"data": [5]}', "{}"])
def test_what_is_no_embedding_is_refused(openai: FakeOpenAI, said: str):
    openai.always["embed"] = lambda exchange: exchange.send(said)

    with pytest.raises((BadReply, WrongVectors)):
        opened().embed_query("ape")
    assert openai.count("embed") == 2


@pytest.mark.parametrize(
    ("said", "content_type"),
    [
        ("<!doctype html><html>Sign in</html>", "text/html"),
        ('{"error": "Unexpected endpoint or method. (POST /embeddings)"}', "application/json"),
    ],
)
def test_a_page_of_the_web_is_told_as_such(openai: FakeOpenAI, said: str, content_type: str):
    openai.always["embed"] = lambda exchange: exchange.send(said, content_type=content_type)

    with pytest.raises(BadReply) as told:
        opened().embed_query("ape")
    assert "주소는 모델 서버의 것이 아닙니다" in str(explain_fault(told.value))


@pytest.mark.parametrize("vector", ["!", ["a"], [[1, 2]], {}, None, 5, []])
def test_what_is_no_vector_is_refused(openai: FakeOpenAI, vector: Any):
    openai.always["embed"] = spoils(lambda rows: [{**row, "embedding": vector} for row in rows])

    with pytest.raises(WrongVectors):
        opened().embed_query("ape")


def test_one_vector_for_whatever_text_is_noticed_from_request_to_request(openai: FakeOpenAI):
    embeddings, one = opened(), FakeEmbeddings().embed_query("ape")
    openai.always["embed"] = spoils(lambda rows: [{**row, "embedding": one} for row in rows])
    embeddings.embed_query("ape")

    assert embeddings.embed_query("Ape!")
    with pytest.raises(WrongVectors, match="모두 같음"):
        embeddings.embed_query("bee")


def test_another_size_than_before_is_told_with_both_sizes(openai: FakeOpenAI):
    embeddings = opened()
    embeddings.embed_query("ape")
    openai.always["embed"] = spoils(
        lambda rows: [{**row, "embedding": row["embedding"][:512]} for row in rows]
    )

    with pytest.raises(VectorSizeDiffers, match=r"1024에서 512.*--rebuild"):
        embeddings.embed_query("bee")


def test_vectors_of_any_length_become_unit_vectors():
    assert np.allclose(to_unit_length([[3.0, 4.0], [0.0, 2.0]]), [[0.6, 0.8], [0.0, 1.0]])


@pytest.mark.parametrize("numbers", [[0.0, 0.0], [1e300, 1e300], [float("nan"), 1.0]])
def test_a_vector_without_direction_is_broken(numbers: list[float]):
    with pytest.raises(BrokenVectors):
        to_unit_length([[1.0, 0.0], numbers])


def test_a_text_that_comes_twice_may_have_one_vector():
    rows = [(0, [1.0, 0.0]), (1, [1.0, 0.0])]

    assert VectorChecks().check_reply(["The ape", "the ape."], rows) == [[1.0, 0.0]] * 2
