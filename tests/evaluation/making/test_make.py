"""Question files made from the library: what is kept, what is dropped, and when it ends."""

from collections.abc import Sequence

import openai
import pytest

from evaluation.making.make import (
    SEARCHED_PASSAGES,
    TRIES_A_QUESTION,
    UNANSWERABLE,
    Maker,
    draw_passages,
    open_maker,
)
from evaluation.making.vetting import Draft
from evaluation.questions import QuestionRow
from evaluation.retrieval import score_searches
from evaluation.scores import check_gold, is_answerable, is_right
from models.errors import ModelFailed
from models.faults import BadReply
from nodes.fallback import INSUFFICIENT
from nodes.question import Question
from nodes.strong.select import NamedSentences
from retrieval.passages import Evidence, Hit
from retrieval.search.hybrid import HybridSearch
from tests.evaluation.making.drafts import GOOD, OTHER, Leaves, Writes
from tests.fakes import ScriptedModel
from tests.samples import passage


@pytest.fixture(autouse=True)
def short_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample papers are short."""
    monkeypatch.setattr("evaluation.making.make.MIN_PASSAGE_LENGTH", 40)


def made(
    search: HybridSearch, *drafts: Draft | Exception, wanted: int = 1
) -> tuple[list[QuestionRow], Maker]:
    one = Maker(search, writer=Writes(*drafts), absent=Leaves())
    return list(one.make_questions(wanted)), one


def test_a_good_question_is_kept_as_eval_reads_it(search: HybridSearch):
    [question], one = made(search, GOOD)

    assert question == {
        "id": "made-001",
        "question": GOOD.question,
        "question_en": GOOD.question_en,
        "document": "solar.pdf",
        "pages": [1],
        "alt_pages": [],
        "evidence": ["SOLAR has 48 layers."],
        "answer": GOOD.answer,
        "answer_must_include": [["48"]],
        "kind": "fact",
    }
    check_gold([question])
    assert is_right(question, {"outcome": "answered", "answer": GOOD.answer})
    found = search.find_passages(
        lexical=[GOOD.question_en], semantic=[GOOD.question_en], top=SEARCHED_PASSAGES
    )
    passages = [
        {"document": hit.passage.document, "pages": hit.passage.pages, "text": hit.passage.text}
        for hit in found
    ]
    figures = score_searches([question], [{"passages": passages}])
    assert figures["all"]["figures"]["evidence_hit@10"]["mean"] == 1
    assert one.dropped == {"nothing": 2}


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (GOOD.model_copy(update={"quote": "SOLAR has 48 layers and no heads."}), "원문에 없음"),
        (GOOD.model_copy(update={"question": "SOLAR는 왜 층이 48개인가요?"}), "드러남"),
        (BadReply("no JSON"), "알아볼 수 없는 답"),
        (GOOD.model_copy(update={"question_en": "How many layers has SOLAR? 층?"}), "영어 질문"),
    ],
)
def test_what_does_not_hold_is_dropped_and_counted(
    search: HybridSearch, draft: Draft | Exception, why: str
):
    [question], one = made(search, draft, GOOD)

    assert question["question"] == GOOD.question
    [reason] = [reason for reason in one.dropped if reason != "nothing"]
    assert why in reason


def test_the_same_question_is_asked_once(search: HybridSearch):
    questions, one = made(search, GOOD, GOOD, OTHER, wanted=2)

    assert [question["id"] for question in questions] == ["made-001", "made-002"]
    assert questions[1]["answer_must_include"] == [["Mistral", "미스트랄"]]
    assert one.dropped["이미 낸 질문"] == 1


def test_a_second_passage_that_may_answer_drops_it(
    search: HybridSearch, monkeypatch: pytest.MonkeyPatch
):
    other = passage("The survey says that SOLAR does have 48 layers.", "99", document="a.pdf")
    usual = search.find_passages
    monkeypatch.setattr(
        search, "find_passages", lambda **how: [*usual(**how), Hit(passage=other, score=1)]
    )

    questions, one = made(search, GOOD)

    assert questions == []
    assert one.dropped["다른 곳에도 답이 있음"] == 1


def test_what_the_search_does_not_find_is_dropped(
    search: HybridSearch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search, "find_passages", lambda **how: [])

    assert made(search, GOOD)[1].dropped["검색되지 않음"] == 1


@pytest.mark.parametrize("finds", [True, False])
def test_the_selector_has_to_find_the_evidence(search: HybridSearch, finds: bool):
    async def select(question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        [own] = [hit.passage for hit in hits if hit.passage.document == "solar.pdf"]
        return [Evidence(passage=own, start=0, end=20)] if finds else []

    one = Maker(search, writer=Writes(GOOD), absent=Leaves(), selector=select)

    assert len(list(one.make_questions(1))) == finds
    assert one.dropped["인용이 답이 아님"] == (not finds)


def test_one_in_five_has_no_answer(search: HybridSearch):
    drafts = [
        GOOD.model_copy(update={"question_en": f"How many layers has SOLAR, {'really ' * times}?"})
        for times in range(8)
    ]
    questions, _ = made(search, *drafts, wanted=10)

    unanswerable = [number for number, one in enumerate(questions, 1) if not is_answerable(one)]
    assert unanswerable == [UNANSWERABLE, 2 * UNANSWERABLE]
    assert questions[4]["answer"] == INSUFFICIENT
    assert (questions[4]["document"], questions[4]["evidence"]) == (None, [])
    check_gold(questions)


def test_where_nothing_is_left_out_another_question_has_an_answer(search: HybridSearch):
    drafts = [
        GOOD.model_copy(update={"question_en": f"How many layers has SOLAR, {'really ' * times}?"})
        for times in range(5)
    ]
    one = Maker(search, writer=Writes(*drafts), absent=Leaves(most=0))

    assert all(map(is_answerable, one.make_questions(5)))
    assert one.dropped["nothing left"] == TRIES_A_QUESTION


def test_tries_are_bounded(search: HybridSearch):
    questions, one = made(search, wanted=3)

    assert questions == []
    assert one.tries == one.dropped["nothing"] == 3 * TRIES_A_QUESTION


def test_a_fault_that_stays_ends_it(search: HybridSearch):
    fault = openai.OpenAIError("gone")
    questions = Maker(search, writer=Writes(GOOD, fault), absent=Leaves()).make_questions(2)

    assert next(questions)["document"] == "solar.pdf"
    with pytest.raises(ModelFailed):
        next(questions)


def test_passages_are_drawn_document_by_document_and_alike_each_time():
    of = [
        passage("x" * 400, f"{document}{number}", document=document)
        for document in ("a", "b")
        for number in range(3)
    ]
    short = passage("x", "short", document="c")
    aside = passage("x" * 400, "aside", document="c", section="6 Acknowledgements")

    one, again = draw_passages([*of, short, aside]), draw_passages([*of, short, aside])

    assert one == again
    assert [passage.document for passage in one] == ["a", "b"] * 3
    assert len({passage.id for passage in one}) == 6


def test_a_strong_model_writes_and_judges(search: HybridSearch):
    passages = draw_passages(search.list_passages())
    place = [passage.document for passage in passages].index("solar.pdf")
    nothing = GOOD.model_copy(update={"quote": "none"})
    named = [
        NamedSentences(sentences=[1] if hit.passage.document == "solar.pdf" else [])
        for hit in search.find_passages(
            lexical=[GOOD.question_en],
            semantic=[GOOD.question, GOOD.question_en],
            top=SEARCHED_PASSAGES,
        )
    ]
    model = ScriptedModel(*[nothing] * place, GOOD, *named)

    [question] = open_maker("strong", search, model).make_questions(1)

    assert question["evidence"] == [GOOD.quote]
    assert len(model.asked) == place + 1 + len(named)


def test_a_small_model_asks_in_short_jobs(search: HybridSearch):
    model = ScriptedModel(
        "What is SOLAR 10.7B scaled up from?",  # its one line has no answer
    )
    one = open_maker("small", search, model)

    assert list(one.make_questions(1)) == []
    assert one.dropped["물을 만한 수치가 없음"] > 0
