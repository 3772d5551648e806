"""Postings: rank_bm25's scores, without its walk over all texts."""

import random

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from retrieval.store.postings import GrowingPostings, Postings

WORDS = [f"w{number}" for number in range(60)]


def random_texts(seed: int, count: int) -> list[list[str]]:
    """Texts of few words, some in nearly all of them, some texts empty."""
    chance = random.Random(seed)
    return [
        [WORDS[int(chance.random() ** 3 * len(WORDS))] for _ in range(chance.randrange(40))]
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_those_of_rank_bm25(seed: int):
    texts = [*random_texts(seed, 2 + seed * 5), ["w0", "w1"]]
    theirs, ours = BM25Okapi(texts), Postings.from_terms(texts)

    for query in [*random_texts(seed + 100, 20), ["unknown"], ["w0", "w0", "unknown"]]:
        assert ours.get_scores(query) == pytest.approx(theirs.get_scores(query), abs=1e-9)
    assert ours.idf == pytest.approx(theirs.idf)


def test_words_of_most_texts_have_rank_bm25s_floor():
    texts = [["all", "one"], ["all", "two"], ["all", "three"], ["all", "four", "five"]]

    assert Postings.from_terms(texts).idf["all"] == pytest.approx(BM25Okapi(texts).idf["all"]) != 0


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_without_words_all_scores_are_0(texts: list[list[str]]):
    assert Postings.from_terms(texts).get_scores(["any"]).tolist() == [0.0] * len(texts)


def test_postings_that_grow_are_those_made_at_once():
    texts = random_texts(7, 30)
    held = Postings.from_terms(texts[:20])
    growing = GrowingPostings(held)
    now = [*texts[5:20], *texts[20:]]
    for row in range(5, 20):
        growing.keep_text(row)
    for text in texts[20:]:
        growing.add_text(text)

    grown, made = Postings(growing.build_arrays()), Postings.from_terms(now)

    assert set(grown.terms) == set(made.terms)
    for query in random_texts(8, 20):
        np.testing.assert_allclose(grown.get_scores(query), made.get_scores(query), atol=1e-9)


def test_terms_may_hold_a_space():
    assert (
        Postings.from_terms([["갈 만하", "길"], ["길"], ["물"]]).get_scores(["갈 만하"]).argmax()
        == 0
    )
