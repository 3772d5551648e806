"""Fusion: the legs of a search, added up by weight."""

import pytest

from retrieval.passages import LegScore, RetrieverScore
from retrieval.search.fusion import fuse_scores

WEIGHTS = {"bm25": 0.25, "vector": 0.75}


def test_shares_are_weighted_and_added():
    legs = {
        "bm25": {"a": LegScore(6.0, 0.5), "b": LegScore(4.0, 0.4), "c": LegScore(2.0, 0.2)},
        "vector": {"b": LegScore(0.9, 1.0), "a": LegScore(0.5, 0.0)},
    }

    hits = fuse_scores(legs, WEIGHTS)

    assert [(hit.id, hit.score) for hit in hits] == [
        ("b", pytest.approx(0.25 * 0.4 + 0.75)),
        ("a", pytest.approx(0.25 * 0.5)),
        ("c", pytest.approx(0.25 * 0.2)),
    ]
    assert hits[0].legs == {
        "bm25": RetrieverScore(rank=2, score=4.0),
        "vector": RetrieverScore(rank=1, score=0.9),
    }
    assert hits[2].legs == {"bm25": RetrieverScore(rank=3, score=2.0)}


def test_a_leg_may_find_nothing():
    [only] = fuse_scores({"bm25": {}, "vector": {"a": LegScore(0.4, 1.0)}}, WEIGHTS)

    assert (only.score, only.legs) == (0.75, {"vector": RetrieverScore(rank=1, score=0.4)})


def test_both_may():
    assert fuse_scores({"bm25": {}, "vector": {}}, WEIGHTS) == []
