"""Retrieval figures, against values computed by hand."""

from math import log2

import pytest

from evaluation.retrieval import rank_evidence, rank_page, score_search, score_searches

TWO = {
    "question": "?",
    "document": "solar.pdf",
    "pages": [3],
    "alt_pages": [9],
    "evidence": ["one", "two"],
    "kind": "multi",
}
UNKNOWN = {"question": "?", "document": None}


def passages(*texts: str, document: str = "solar.pdf", page: int = 1) -> list[dict]:
    return [{"document": document, "pages": [page], "text": text} for text in texts]


def test_each_piece_of_evidence_has_the_rank_of_the_first_passage_that_holds_it():
    found = passages("one", document="gemma.pdf") + passages("two", "one", "one two")

    assert rank_evidence(TWO, found) == [3, 2]
    assert rank_evidence(TWO, found[:2]) == [None, 2]


def test_a_page_is_found_where_any_that_states_the_answer_is_touched():
    elsewhere = passages("", document="gemma.pdf", page=3)

    assert rank_page(TWO, elsewhere + passages("", page=2) + passages("", page=9)) == 3
    assert rank_page(TWO, elsewhere) is None


def test_figures_of_one_question():
    figures = score_search(TWO, {"passages": passages("", "two", "", "one")})

    assert (figures["evidence_hit@3"], figures["evidence_hit@5"]) == (0, 1)
    assert (figures["recall@1"], figures["recall@3"], figures["recall@5"]) == (0, 0.5, 1)
    assert figures["mrr"] == 1 / 2
    assert figures["ndcg@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / 2)
    assert figures["page_hit@10"] == 0


def test_a_search_that_failed_found_nothing():
    assert set(score_search(TWO, {"error": "?"}).values()) == {0}


def test_figures_are_means_over_answerable_questions_and_by_kind():
    one = {**TWO, "evidence": ["one"], "kind": "fact"}
    found = {"passages": passages("one", page=3)}

    figures = score_searches([TWO, one, UNKNOWN], [found, found, {"passages": []}])

    assert figures["all"]["questions"] == 2
    assert figures["all"]["figures"]["recall@1"]["mean"] == 0.75
    assert figures["kinds"]["fact"]["figures"]["evidence_hit@1"]["mean"] == 1
    assert figures["kinds"]["multi"]["figures"]["evidence_hit@1"]["mean"] == 0


def test_without_an_answerable_question_there_are_no_figures():
    assert score_searches([UNKNOWN], [{}]) == {
        "all": {"questions": 0, "figures": {}},
        "kinds": {},
    }
