"""Fusion: the legs of a search, added up by weight."""

import pytest

from retrieval.passages import Leg, Scored
from retrieval.search.fusion import fuse

WEIGHTS = {"bm25": 0.25, "vector": 0.75}


def test_shares_are_weighted_and_added():
    legs = {
        "bm25": {"a": Scored(6.0, 0.5), "b": Scored(4.0, 0.4), "c": Scored(2.0, 0.2)},
        "vector": {"b": Scored(0.9, 1.0), "a": Scored(0.5, 0.0)},
    }

    hits = fuse(legs, WEIGHTS)

    assert [(hit.id, hit.score) for hit in hits] == [
        ("b", pytest.approx(0.25 * 0.4 + 0.75)),
        ("a", pytest.approx(0.25 * 0.5)),
        ("c", pytest.approx(0.25 * 0.2)),
    ]
    assert hits[0].legs == {"bm25": Leg(rank=2, score=4.0), "vector": Leg(rank=1, score=0.9)}
    assert hits[2].legs == {"bm25": Leg(rank=3, score=2.0)}


def test_a_leg_may_find_nothing():
    [only] = fuse({"bm25": {}, "vector": {"a": Scored(0.4, 1.0)}}, WEIGHTS)

    assert (only.score, only.legs) == (0.75, {"vector": Leg(rank=1, score=0.4)})


def test_both_may():
    assert fuse({"bm25": {}, "vector": {}}, WEIGHTS) == []
