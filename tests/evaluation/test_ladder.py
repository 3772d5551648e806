"""The ladder: each chain ranks as its formula says."""

import pytest

from evaluation.ladder import CHAINS, Asked, Chain, Rung, possible, texts_of
from retrieval.passages import Passage
from tests.fakes import FakeEmbeddings
from tests.samples import asking

VECTORS, MULTI, ENSEMBLE, CONTEXTUAL = CHAINS
ASKED = Asked(
    question={"question": "층은?"},
    understood=asking("층은?", "how many layers"),
    rewrites=["depth of it", "layers"],
)


def passage(id: str, text: str, context: str = "") -> Passage:
    return Passage(
        id=id,
        document=f"{id}.pdf",
        title="",
        sha256=id,
        header="never seen by a chain",
        context=context,
        text=text,
        page_starts=[(0, 1)],
    )


LAYERS = passage("layers", "it has layers", "SOLAR depth")
DEPTH = passage("depth", "the depth of it")
OTHER = passage("other", "how many languages")
PASSAGES = [LAYERS, DEPTH, OTHER]


def found(chain: Chain) -> list[tuple[str, float]]:
    embeddings = FakeEmbeddings()
    texts = texts_of([chain], PASSAGES)
    vectors = dict(zip(texts, embeddings.embed_documents(texts), strict=True))
    hits = Rung(chain, PASSAGES, vectors).found(ASKED, embeddings)
    return [(hit.passage.id, hit.score) for hit in hits]


def test_vectors_alone_rank_by_nearness():
    assert [id for id, _ in found(VECTORS)] == ["other", "layers", "depth"]
    assert found(VECTORS)[0][1] == pytest.approx(1 / 61)


def test_several_queries_add_up_their_ranks():
    ranked = dict(found(MULTI))

    assert ranked["layers"] == pytest.approx(1 / 62 + 1 / 61)
    assert ranked["depth"] == pytest.approx(1 / 61 + 1 / 62)


def test_words_and_vectors_are_weighted():
    ranked = dict(found(ENSEMBLE))

    assert ranked["other"] == pytest.approx(0.3 / 61 + 0.7 / 61)
    assert ranked["layers"] == pytest.approx(0.3 / 62 + 0.7 / 62)


def test_written_headers_are_read_by_one_chain_alone():
    assert texts_of([CONTEXTUAL], [LAYERS]) == ["SOLAR depth\n\nit has layers"]
    assert texts_of([VECTORS, MULTI, ENSEMBLE], [LAYERS]) == ["it has layers"]


def test_what_there_is_nothing_for_is_left_out():
    assert possible(PASSAGES, rewrites=True) == list(CHAINS)
    assert possible([DEPTH], rewrites=True) == [VECTORS, MULTI, ENSEMBLE]
    assert possible([DEPTH], rewrites=False) == [VECTORS, ENSEMBLE]
