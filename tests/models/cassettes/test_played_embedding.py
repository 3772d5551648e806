"""An embedding model behind a cassette: vectors recorded with a model, and played without."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import NotRecorded
from tests.fake_openai import FakeOpenAI
from tests.models.recording import embeddings, loaded


def test_vectors_are_the_same_when_recorded_and_when_played(
    path: Path, without_model: Callable[[], None]
):
    texts = ["Tides follow the moon.", "층은 48개입니다."]
    model = embeddings(loaded(path))
    recorded = [model.embed_documents(texts), model.embed_queries(texts)]
    again = model.embed_documents(texts[1:])
    without_model()

    model = embeddings(loaded(path))
    assert [model.embed_documents(texts), model.embed_queries(texts)] == recorded
    assert again == recorded[0][1:]
    assert model.embed_query(texts[0]) == recorded[1][0]


def test_only_new_texts_are_asked_for(openai: FakeOpenAI, path: Path):
    embeddings(loaded(path)).embed_documents(["a", "b"])

    cassette = loaded(path)
    vectors = embeddings(cassette).embed_documents(["c", "b", "c"])

    assert [asked.body["input"] for asked in openai.requests] == [["a", "b"], ["c"]]
    assert vectors[0] == vectors[2] != vectors[1]
    assert cassette.count_calls() == {"played": 1, "recorded": 1, "missed": 1}


def test_queries_and_documents_are_apart(path: Path, without_model: Callable[[], None]):
    embeddings(loaded(path)).embed_documents(["a"])
    without_model()

    with pytest.raises(NotRecorded):
        embeddings(loaded(path)).embed_query("a")
