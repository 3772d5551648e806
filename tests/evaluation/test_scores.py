"""Scores, on records made by hand."""

import pytest

from evaluation.scores import (
    bound_scores,
    check_gold,
    has_evidence,
    is_answerable,
    is_quoted,
    is_right,
    is_wrong,
    measure_verified_share,
    score_answers,
    score_by_paper,
    sum_tokens,
)
from retrieval.errors import UserError
from tests.samples import passage

LAYERS = {
    "question": "층이 몇 개?",
    "document": "solar.pdf",
    "pages": [3],
    "alt_pages": [5],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48", "마흔여덟"], ["layer", "층"]],
}
UNKNOWN = {"question": "GPT-9는?", "document": None, "answer_must_include": []}


def answered(text: str, *cited: tuple[str, int], first: float = 1, total: float = 2) -> dict:
    citations = [{"document": document, "page": page} for document, page in cited]
    seconds = {"first_token": first, "total": total}
    return {"outcome": "answered", "answer": text, "citations": citations, "seconds": seconds}


def refused() -> dict:
    text = "정보가 부족하여 답변할 수 없습니다."
    return {"outcome": "insufficient", "answer": text, "citations": [], "seconds": {"total": 1}}


FAILED = {"outcome": "error", "error": "no model"}


@pytest.mark.parametrize(
    ("record", "right"),
    [
        (answered("층은 48개입니다."), True),
        (answered("마흔여덟 LAYERS입니다."), True),
        (answered("48개입니다."), False),
        (answered(""), False),
        (refused(), False),
        (FAILED, False),
        ({**refused(), "answer": "48 층"}, False),
    ],
)
def test_a_right_answer_holds_a_word_of_every_group(record: dict, right: bool):
    assert is_right(LAYERS, record) is right


@pytest.mark.parametrize(
    ("record", "wrong"),
    [
        (answered("층은 48개입니다."), False),
        (answered("32 층"), True),
        (refused(), False),
        (FAILED, False),
    ],
)
def test_wrong_is_what_was_answered_and_is_not_right(record: dict, wrong: bool):
    assert is_wrong(LAYERS, record) is wrong


def quoted(quote: str) -> dict:
    """An answer that is nothing but a quote."""
    shown = answered(f"논문에는 이렇게 적혀 있습니다: “{quote}” [1]", ("solar.pdf", 3))
    return {**shown, "outcome": "quoted", "citations": [{**shown["citations"][0], "quote": quote}]}


@pytest.mark.parametrize(
    ("quote", "is_evidence"),
    [
        ("SOLAR has 48 layers.", True),
        ("SOLAR has 48 layers", True),
        ("48층", True),
        ("It is scaled up in depth.", False),
    ],
)
def test_a_quote_is_neither_right_nor_wrong_where_it_holds_the_evidence(
    quote: str, is_evidence: bool
):
    assert not is_right(LAYERS, quoted(quote))
    assert is_quoted(LAYERS, quoted(quote)) is is_evidence
    assert is_wrong(LAYERS, quoted(quote)) is not is_evidence


def test_the_interval_of_wrong_is_that_of_the_answerable_alone():
    records = [answered("32 층"), answered("모르는 층")]

    assert bound_scores([LAYERS, UNKNOWN], records)["wrong"] == (1, 1)


def test_a_question_without_document_has_no_answer():
    assert is_answerable(LAYERS)
    assert not is_answerable(UNKNOWN)
    assert not is_answerable({"question": "?"})


def test_a_question_for_what_a_document_lacks_has_no_answer():
    nothing = {"answer_must_include": [], "evidence": [], "pages": []}

    assert not is_answerable({"question": "?", "document": "solar.pdf", **nothing})
    assert is_answerable({**LAYERS, "evidence": []})


@pytest.mark.parametrize(
    ("text", "evidence", "found"),
    [
        ("SOLAR has 48 layers.", "SOLAR has 48 layers.", True),
        ("… SOLAR has\n48 lay-\ners. …", "SOLAR has 48 layers.", True),
        ("one fish", "one ﬁsh", True),
        ("SOLAR has 32 layers.", "SOLAR has 48 layers.", False),
    ],
)
def test_evidence_is_found_whatever_the_line_breaks(text: str, evidence: str, found: bool):
    assert has_evidence(text, evidence) is found


def test_figures_are_shares_of_the_questions_they_are_about():
    questions = [LAYERS, LAYERS, LAYERS, LAYERS, UNKNOWN, UNKNOWN]
    records = [
        answered("48 층", ("solar.pdf", 3), first=1, total=5),
        answered("32 층", ("gemma.pdf", 3), ("solar.pdf", 9), first=3, total=7),
        refused(),
        FAILED,
        refused(),
        answered("모르는 층", ("gemma.pdf", 1), first=5, total=9),
    ]

    figures = score_answers(questions, records)

    assert figures == {
        "right": 1 / 4,
        "wrong": 1 / 4,
        "quoted": 0,
        "refused": 1 / 2,
        "falsely_refused": 1 / 4,
        "cited_document": 2 / 2,
        "cited_page": 1 / 2,
        "errors": 1 / 6,
        "first_token": 3,
        "total": 7,
    }


def test_another_page_that_says_so_counts():
    figures = score_answers([LAYERS], [answered("48 층", ("solar.pdf", 5))])

    assert figures["cited_page"] == 1


def test_no_answers_give_zeros():
    assert set(score_answers([LAYERS], [FAILED]).values()) == {0, 1}
    assert set(score_answers([], []).values()) == {0}


class TestVerified:
    PAGE_ONE = passage("SOLAR has 48 layers.", document="solar.pdf")

    def share(self, *citations: tuple[str, int, str]) -> float | None:
        cited = [
            {"document": document, "page": page, "quote": quote}
            for document, page, quote in citations
        ]
        return measure_verified_share([{"citations": cited}, FAILED], [self.PAGE_ONE])

    def test_the_words_have_to_stand_on_the_page(self):
        page = self.PAGE_ONE.pages[0]
        assert self.share(("solar.pdf", page, "SOLAR has 48 layers.")) == 1
        assert self.share(("solar.pdf", page + 1, "SOLAR has 48 layers.")) == 0
        assert self.share(("solar.pdf", page, "SOLAR has 32 layers.")) == 0
        assert self.share(("solar.pdf", page, "48 layers"), ("solar.pdf", page, "32")) == 0.5

    def test_of_papers_that_are_not_there_nothing_is_said(self):
        assert self.share(("gemma.pdf", 1, "SOLAR has 48 layers.")) is None
        assert self.share() is None


def test_tokens_add_up():
    used = {"tokens": {"input": 5, "output": 2}}
    assert sum_tokens([used, FAILED, used]) == {"input": 10, "output": 4}


@pytest.mark.parametrize(
    "wrong", [{"answer_must_include": ["78억"]}, {"evidence": "48 layers"}, {"pages": 3}]
)
def test_gold_fields_of_another_shape_are_named(wrong: dict[str, object]):
    right = {
        "question": "?",
        "document": "a.pdf",
        "pages": [1],
        "evidence": ["48 layers"],
        "answer_must_include": [["48"]],
    }

    check_gold([right])
    with pytest.raises(UserError, match=next(iter(wrong))):
        check_gold([{**right, **wrong}])


def test_each_paper_has_the_shares_of_its_own_questions():
    other = {**LAYERS, "document": "gemma.pdf"}
    right, wrong = answered("48 layers"), answered("49 layers")

    papers = score_by_paper([LAYERS, LAYERS, other, UNKNOWN], [right, wrong, refused(), refused()])

    assert list(papers) == ["gemma.pdf", "solar.pdf"]
    assert papers["solar.pdf"] == {
        "questions": 2,
        "right": 0.5,
        "wrong": 0.5,
        "quoted": 0.0,
        "falsely_refused": 0.0,
    }
    assert papers["gemma.pdf"]["falsely_refused"] == 1.0
