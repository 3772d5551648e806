"""Answers on the library itself, by code."""

from collections.abc import Sequence

import pytest

from language.loanwords import Loanwords
from nodes.authors import find_authors
from nodes.kinds import find_kind
from nodes.library_answers import answer_on_library
from nodes.profile import Answer
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import LibraryPaper, Passage
from tests.samples import passage

GEMMA = "Gemma 2: Improving Open Language Models"
RAG = "Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks"
ATTENTION = "Attention Is All You Need"
RAG_PAGE = (
    f"{RAG}\n\nPatrick Lewis, Ethan Perez,\n\nAleksandra Piktus, Douwe Kiela\n\n"
    "Facebook AI Research; University College London; plewis@fb.com\n\nAbstract\n\nLarge models."
)


def paper(title: str, document: str, pages: int, text: str = "") -> LibraryPaper:
    first = passage(
        text or f"{title}\n\nAbstract\n\nWords.", document, document=document, title=title
    )
    return LibraryPaper(
        id=pages, sha256="ab", document=document, title=title, pages=pages, first=first
    )


class Catalogue:
    """Three papers, whose words are Gemma and Transformer."""

    papers: Sequence[LibraryPaper] = (
        paper(
            ATTENTION,
            "attention.pdf",
            15,
            f"{ATTENTION}\n\nAbstract\n\nWe propose the Transformer.",
        ),
        paper(
            GEMMA, "gemma2.pdf", 21, f"{GEMMA}\n\nGemma Team, Google DeepMind\n\nAbstract\n\nWords."
        ),
        paper(RAG, "lewis.pdf", 19, RAG_PAGE),
    )

    def list_papers(self) -> Sequence[LibraryPaper]:
        return self.papers

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        return [paper.first] if paper.first else []

    def load_loanwords(self) -> Loanwords:
        return Loanwords({"Gemma": 50, "Transformer": 40})


def ask(asked: str, *earlier: str) -> Answer | Refusal:
    question = Question(asked=asked, normalised=asked, english=asked, kind=find_kind(asked))
    return answer_on_library(question, earlier, Catalogue())


def text_of(asked: str, *earlier: str) -> str:
    answer = ask(asked, *earlier)
    assert isinstance(answer, Answer)
    return answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Gemma 2 논문은 몇 쪽이야?", f"‘{GEMMA}’은(는) 모두 21쪽입니다."),
        ("젬마 2 논문은 몇 쪽이야?", f"‘{GEMMA}’은(는) 모두 21쪽입니다."),
        ("RAG 논문은 총 몇 페이지인가요?", f"‘{RAG}’은(는) 모두 19쪽입니다."),
        ("Transformer 논문은 몇 쪽이야?", f"‘{ATTENTION}’은(는) 모두 15쪽입니다."),
        ("RAG 논문 제목이 뭐야?", f"제목은 ‘{RAG}’입니다."),
        ("RAG 논문의 제1저자는 누구야?", f"‘{RAG}’의 제1저자는 Patrick Lewis입니다. [1]"),
        (
            "RAG 논문의 저자를 알려줘",
            f"‘{RAG}’의 1쪽에 적힌 저자는 Patrick Lewis, Ethan Perez, Aleksandra Piktus, Douwe Kiela입니다. [1]",
        ),
        (
            "Gemma 2 논문 저자는 누구야?",
            f"‘{GEMMA}’의 1쪽에 적힌 저자는 Gemma Team, Google DeepMind입니다. [1]",
        ),
    ],
)
def test_a_paper_is_described(asked: str, told: str):
    assert text_of(asked) == told


def test_authors_are_cited_as_they_stand_on_page_one():
    answer = ask("RAG 논문의 저자를 알려줘")

    assert isinstance(answer, Answer)
    [line] = answer.citations
    assert line.quote.startswith("Patrick Lewis, Ethan Perez,")
    assert "Abstract" not in line.quote


def test_all_papers_are_listed():
    assert text_of("어떤 논문이 있어?") == (
        f"라이브러리에 논문 3편이 있습니다.\n\n1. {ATTENTION} (15쪽)\n2. {GEMMA} (21쪽)\n3. {RAG} (19쪽)"
    )


def test_a_paper_is_there_or_not():
    assert text_of("RAG 논문도 있어?").startswith(f"네, 있습니다.\n\n- {RAG}")
    assert text_of("BERT 논문도 있어?").startswith("아니요, 라이브러리에 BERT 논문은 없습니다.")


def test_the_turn_before_names_the_paper():
    assert text_of("그 논문은 몇 쪽이야?", "Gemma 2는 몇 층이야?", "42층입니다. [1]") == (
        f"‘{GEMMA}’은(는) 모두 21쪽입니다."
    )


@pytest.mark.parametrize("asked", ["BERT 논문은 몇 쪽이야?", "BERT 논문의 저자는 누구야?"])
def test_a_paper_that_is_not_there_is_named(asked: str):
    assert ask(asked, "Gemma 2는 몇 층이야?") == Refusal(rule="unknown_paper", detail="BERT")


def test_papers_that_speak_of_a_name_are_quoted_and_the_others_named():
    answer = ask("어느 논문에서 Transformer를 제안했어?")

    assert isinstance(answer, Answer)
    assert answer.text == (
        f"Transformer에 관해 말하는 논문은 1편입니다.\n\n- {ATTENTION}: “We propose the Transformer.” [1]\n\n"
        f"말하지 않는 논문: {GEMMA}, {RAG}"
    )
    assert [piece.quote for piece in answer.citations] == ["We propose the Transformer."]
    assert ask("어느 논문에서 MoE를 썼어?") == Refusal(rule="unknown_name", detail="MoE")


def test_a_greeting_comes_with_questions_on_the_papers():
    text = text_of("안녕! 너는 뭘 할 수 있어?")

    assert text.startswith("안녕하세요!")
    assert text.count("\n- ") == 3
    assert "[1]" not in text


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (
            "Ashish Vaswani\nGoogle Brain\navaswani@google.com\nNoam Shazeer",
            ["Ashish Vaswani", "Noam Shazeer"],
        ),
        (
            "Mrinank Sharma, Samuel R. Bowman and Jan van der Berg",
            ["Mrinank Sharma", "Samuel R. Bowman", "Jan van der Berg"],
        ),
        ("LG AI Research", ["LG AI Research"]),
        ("Niki Parmar Google Research nikip@google.com", ["Niki Parmar"]),
        ("김철수, 이영희", ["김철수", "이영희"]),
        ("", []),
    ],
)
def test_persons_come_before_institutions(text: str, authors: list[str]):
    assert find_authors(text) == authors
