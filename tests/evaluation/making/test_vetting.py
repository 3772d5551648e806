"""What code drops of the questions that a model wrote, and why."""

import pytest

from evaluation.making.vetting import (
    Draft,
    Dropped,
    Key,
    check_judged,
    check_single_source,
    classify_question,
    vet_draft,
)
from retrieval.passages import Passage
from tests.samples import evidence, passage

TEXT = "SOLAR has 48 layers. It was trained on 8 trillion tokens of the web."
GOOD = Draft(
    question="SOLAR 10.7B는 토큰 몇 개로 학습했나요?",
    question_en="On how many tokens was SOLAR 10.7B trained?",
    quote="It was trained on 8 trillion tokens of the web.",
    answer="SOLAR 10.7B는 8조 토큰으로 학습했습니다.",
    keys=[Key(source="8 trillion", korean=[])],
)


def reason(draft: Draft, of: Passage | None = None) -> str:
    with pytest.raises(Dropped) as dropped:
        vet_draft(draft, of or passage(TEXT))
    return str(dropped.value)


def changed(**fields: object) -> Draft:
    return GOOD.model_copy(update=fields)


def test_the_evidence_is_the_sources_own_words():
    quoted, _ = vet_draft(
        changed(quote="it was trained on 8 trillion tokens of web."), passage(TEXT)
    )

    assert quoted.quote == "It was trained on 8 trillion tokens of the web."
    assert quoted.pages == [3]


def test_figures_may_be_written_in_every_way():
    _, [group] = vet_draft(GOOD, passage(TEXT))

    assert {"8 trillion", "8T", "8조", "8,000,000,000,000"} <= set(group)
    assert "8" not in group


def test_words_may_be_written_as_the_model_says():
    keys = [Key(source="the web", korean=["웹"[:1], "인터넷 웹"])]
    draft = changed(answer="인터넷 웹에서 모았습니다.", keys=keys)

    assert vet_draft(draft, passage(TEXT))[1] == [["the web", "인터넷 웹"]]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"quote": "It was trained on 9 trillion tokens."}, "인용이 원문에 없음"),
        ({"quote": "8 trillion"}, "인용이 원문에 없음"),
        ({"keys": [Key(source="48", korean=[])]}, "정답이 인용에 없음"),
        ({"keys": []}, "정답이 답에 없음"),
        ({"answer": "SOLAR 10.7B는 9조 토큰으로 학습했습니다."}, "정답이 답에 없음"),
        ({"question": "SOLAR 10.7B는 왜 8조 토큰으로 학습했나요?"}, "질문에 답이 드러남"),
        ({"question_en": "Why was SOLAR trained on 8T tokens?"}, "질문에 답이 드러남"),
        ({"question": "How many tokens did SOLAR see?"}, "한국어 질문이 아님"),
        ({"question": "SOLAR는 8조 토큰으로 학습했습니다."}, "한국어 질문이 아님"),
        ({"question": "SOLAR는 몇 퍉센율인가요?"}, "한국어 질문이 아님"),
        ({"question": "SOLAR的 토큰은 몇 개인가요?"}, "한국어 질문이 아님"),
        ({"question_en": "SOLAR는 토큰이 몇 개인가요?"}, "영어 질문이 아님"),
        ({"question_en": "How many tokens was the model trained on?"}, "영어 질문과 다름"),
        ({"question": "이 논문에서 SOLAR는 토큰 몇 개로 학습했나요?"}, "홀로 서지 않음"),
        ({"question_en": "In this paper, how many tokens did SOLAR see?"}, "홀로 서지 않음"),
        ({"question": "토큰 몇 개로 학습했나요?"}, "홀로 서지 않음"),
        ({"question": "SOLAR와 Mixtral은 토큰 몇 개로 학습했나요?"}, "구절에 없는 이름"),
    ],
)
def test_what_does_not_hold_is_dropped(fields: dict[str, object], why: str):
    assert reason(changed(**fields)) == why


class TestAlone:
    def check(self, *others: Passage) -> None:
        quoted, _ = vet_draft(GOOD, passage(TEXT))
        check_single_source(quoted, GOOD, others)

    def test_the_same_words_in_a_passage_that_overlaps_are_no_other_answer(self):
        assert self.check(passage(TEXT), passage(TEXT[21:] + " It is open.", "2")) is None

    @pytest.mark.parametrize("document", ["solar.pdf", "survey.pdf"])
    def test_the_answer_in_other_words_elsewhere_drops_it(self, document: str):
        other = passage("SOLAR 10.7B saw 8T tokens as it was trained.", "2", document=document)

        with pytest.raises(Dropped, match="다른 곳에도"):
            self.check(passage(TEXT), other)

    def test_another_figure_for_the_same_question_drops_it_too(self):
        with pytest.raises(Dropped, match="다른 곳에도"):
            self.check(passage("The small one was trained on 3 trillion tokens.", "2"))

    @pytest.mark.parametrize(
        "text",
        ["SOLAR has 8T parameters, one would wish.", "SOLAR 10.7B was trained on tokens."],
        ids=["another question", "no figure"],
    )
    def test_other_words_do_not(self, text: str):
        assert self.check(passage(text, "2")) is None

    def test_another_models_figure_does_not(self):
        text = "Gemma was trained on 8 trillion tokens."
        other = passage(text, "2", document="gemma.pdf", title="Gemma", header="Gemma")

        assert self.check(other) is None


class TestJudged:
    own = evidence("It was trained on 8 trillion tokens of the web.", TEXT)
    overlap = evidence("It was trained on 8 trillion tokens of the web.", TEXT[21:], "2")
    other = evidence("SOLAR saw 8T tokens.", "SOLAR saw 8T tokens.", "3")

    def test_the_evidence_alone_is_named(self):
        assert check_judged([self.own, self.overlap], self.own) is None

    @pytest.mark.parametrize(
        ("named", "why"),
        [
            ([own, other], "다른 곳에도 답이 있음"),
            ([], "인용이 답이 아님"),
            ([evidence("SOLAR has 48 layers.", TEXT)], "인용이 답이 아님"),
        ],
    )
    def test_else_it_is_dropped(self, named: list, why: str):
        with pytest.raises(Dropped, match=why):
            check_judged(named, self.own)


@pytest.mark.parametrize(
    ("english", "quote", "kind"),
    [
        ("How many layers has SOLAR?", "SOLAR has 48 layers.", "fact"),
        ("Why does SOLAR have 48 layers?", "SOLAR has 48 layers.", "method"),
        ("How is SOLAR scaled?", "SOLAR has 48 layers.", "method"),
        ("What does SOLAR score on MMLU?", "SOLAR\t64.2\t71.0", "table"),
    ],
)
def test_kinds(english: str, quote: str, kind: str):
    draft = changed(question="SOLAR는?", question_en=english)

    assert classify_question(draft, evidence(quote, quote)) == kind
