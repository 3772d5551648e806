"""Which papers speak of what a question names."""

import pytest

from nodes.small.papers import find_papers_on_names, find_unknown_names
from retrieval.passages import Passage
from tests.samples import asking, passage


def papers(**texts: str) -> list[Passage]:
    return [
        passage(text, id=f"{title}{at}", document=f"{title}.pdf", title=title, header=title)
        for title, of_paper in texts.items()
        for at, text in enumerate(of_paper.split("|"))
    ]


@pytest.mark.parametrize("text", ["Qwen2 is here", "QWEN-2 is here", "Qwen 2 is here", "Qwen‑2"])
def test_one_name_in_any_spelling_is_known(text: str):
    assert find_unknown_names(asking("Qwen 2의 점수는?", ""), papers(a=text)) == []
    assert find_unknown_names(asking("Qwen2의 점수는?", ""), papers(a=text)) == []


def test_a_name_may_stand_in_any_passage_of_a_paper_or_in_its_title():
    passages = papers(SOLAR="about layers|on KMMLU", Gemma="about Gemma")

    assert find_unknown_names(asking("SOLAR의 KMMLU는?", ""), passages) == []
    assert find_unknown_names(asking("SOLAR의 Claude는?", ""), passages) == ["Claude"]


def test_names_of_different_papers_do_not_add_up():
    assert find_unknown_names(
        asking("Aya의 KMMLU는?", ""), papers(Aya="on MMLU", EXAONE="on KMMLU")
    ) == ["KMMLU"]


def test_papers_that_the_question_names_are_taken_together():
    passages = papers(Aya="23 languages", EXAONE="on KMMLU", SOLAR="48 layers")

    assert find_unknown_names(asking("Aya와 EXAONE의 KMMLU 비교", ""), passages) == []
    assert find_unknown_names(asking("Aya와 EXAONE의 SOLAR 비교", ""), passages) == []
    assert find_unknown_names(asking("Aya와 EXAONE의 GLUE 비교", ""), passages) == ["GLUE"]


def test_without_passages_every_name_is_unknown():
    assert find_unknown_names(asking("SOLAR는?", ""), []) == ["SOLAR"]
    assert find_unknown_names(asking("이 모델은?", ""), []) == []


def test_a_proper_noun_of_the_english_question_is_a_name_too():
    found = papers(a="the English-to-German task", b="English, and Korean too")
    alone = papers(a="the English-to-German task")

    assert (
        find_unknown_names(asking("영한 번역 점수는?", "What is the English-Korean score?"), found)
        == []
    )
    assert find_unknown_names(
        asking("영한 번역 점수는?", "What is the English-Korean score?"), alone
    ) == ["Korean"]
    assert find_unknown_names(asking("점수는?", "Which score is it? Which data?"), alone) == []


class TestSpeaking:
    def test_papers_that_leave_a_name_out_do_not_answer(self):
        passages = papers(RAG="with RAG", Qwen2="a learning rate")

        assert find_papers_on_names(asking("RAG의 학습률은?", ""), passages) == {"RAG.pdf"}
        assert find_papers_on_names(asking("학습률은?", ""), passages) == {"RAG.pdf", "Qwen2.pdf"}
        assert find_papers_on_names(asking("GLUE 점수는?", ""), passages) == set()


def test_a_language_is_a_name_but_not_the_one_to_answer_in():
    assert asking("한국어 점수는?", "What is the score?").names == ["Korean"]
    assert asking("층 수를 답해 주세요", "How many layers?", answer_in="English").names == []


def test_a_proper_noun_that_no_word_of_the_question_sounds_like_is_none():
    asked, english = "팟케스트에서 몇 개를 가져왔나요?", "How many were taken from the Packet?"
    assert asking(asked, english).names == []
    mistral = "How many layers does Mistral have?"
    assert asking("미스트랄은 층이 몇 개야?", mistral).names == ["Mistral"]
    other = asking("미스트랄은?", mistral, queries=["How many layers are there?"], translations=2)
    assert other.names == []
