"""Each baseline ranks as its formula says."""

import pytest

from evaluation.baselines import (
    BASELINES,
    Baseline,
    BaselineSearch,
    PreparedQuestion,
    collect_texts,
    select_baselines,
)
from retrieval.passages import Passage
from tests.fakes import FakeEmbeddings
from tests.samples import asking

VECTORS, MULTI, ENSEMBLE, CONTEXTUAL = BASELINES
ASKED = PreparedQuestion(
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
        header="never seen by a baseline",
        context=context,
        text=text,
        page_starts=[(0, 1)],
    )


LAYERS = passage("layers", "it has layers", "SOLAR depth")
DEPTH = passage("depth", "the depth of it")
OTHER = passage("other", "how many languages")
PASSAGES = [LAYERS, DEPTH, OTHER]


def rank(baseline: Baseline) -> list[tuple[str, float]]:
    embeddings = FakeEmbeddings()
    texts = collect_texts([baseline], PASSAGES)
    vectors = dict(zip(texts, embeddings.embed_documents(texts), strict=True))
    hits = BaselineSearch(baseline, PASSAGES, vectors).rank_passages(ASKED, embeddings)
    return [(hit.passage.id, hit.score) for hit in hits]


def test_vector_baseline_ranks_by_nearness():
    assert [id for id, _ in rank(VECTORS)] == ["other", "layers", "depth"]
    assert rank(VECTORS)[0][1] == pytest.approx(1 / 61)


def test_ranks_of_several_queries_are_added():
    ranked = dict(rank(MULTI))

    assert ranked["layers"] == pytest.approx(1 / 62 + 1 / 61)
    assert ranked["depth"] == pytest.approx(1 / 61 + 1 / 62)


def test_word_and_vector_ranks_are_weighted_by_their_shares():
    ranked = dict(rank(ENSEMBLE))

    assert ranked["other"] == pytest.approx(0.3 / 61 + 0.7 / 61)
    assert ranked["layers"] == pytest.approx(0.3 / 62 + 0.7 / 62)


def test_only_the_contextual_baseline_reads_written_headers():
    assert collect_texts([CONTEXTUAL], [LAYERS]) == ["SOLAR depth\n\nit has layers"]
    assert collect_texts([VECTORS, MULTI, ENSEMBLE], [LAYERS]) == ["it has layers"]


def test_baselines_without_rewrites_or_headers_are_left_out():
    assert select_baselines(PASSAGES, rewrites=True) == list(BASELINES)
    assert select_baselines([DEPTH], rewrites=True) == [VECTORS, MULTI, ENSEMBLE]
    assert select_baselines([DEPTH], rewrites=False) == [VECTORS, ENSEMBLE]
