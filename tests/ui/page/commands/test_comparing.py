"""`/compare` finds the papers that are named, and asks a plain Korean question."""

import re

import pytest

from language.loanwords import Loanwords
from nodes.kinds import find_kind
from nodes.question import Question
from retrieval.errors import UserError
from retrieval.passages import LibraryPaper, Passage
from tests.ui import quiet_chainlit  # noqa: F401
from ui.page.commands.comparing import write_question

TITLES = {
    "solar.pdf": "SOLAR 10.7B: Depth Up-Scaling",
    "phi-3.pdf": "Phi-3 Technical Report",
    "aya-23.pdf": "Aya 23: Open Weight Releases",
    "aya-101.pdf": "Aya Model: An Instruction Finetuned Model",
}


class Shelf:
    """A catalogue of papers that have nothing but titles."""

    def list_papers(self) -> list[LibraryPaper]:
        return [
            LibraryPaper(
                id=number, document=document, title=title, pages=9, first=None, sha256=document
            )
            for number, (document, title) in enumerate(TITLES.items())
        ]

    def list_titles(self) -> list[str]:
        return list(TITLES.values())

    def list_passages_of(self, paper: LibraryPaper) -> list[Passage]:
        return []

    def load_loanwords(self) -> Loanwords:
        return Loanwords({})


@pytest.mark.parametrize(
    ("argument", "question"),
    [
        ("SOLAR, Phi-3", "SOLAR 논문과 Phi-3 논문을 비교해 주세요."),
        ("solar,phi-3: 학습 데이터", "SOLAR 논문과 Phi-3 논문을 학습 데이터에 관해 비교해 주세요."),
        (
            "SOLAR vs Aya 23: 크기와 층",
            "SOLAR 논문과 Aya 23 논문을 크기와 층에 관해 비교해 주세요.",
        ),
        ("SOLAR、phi-3:BLEU", "SOLAR 논문과 Phi-3 논문을 BLEU에 관해 비교해 주세요."),
    ],
)
def test_papers_are_compared_by_a_plain_question(argument: str, question: str):
    assert write_question(argument, Shelf()) == question
    assert find_kind(question) == "papers"


def test_the_names_are_known_as_names():
    asked = write_question("solar, phi-3", Shelf())

    assert Question(asked=asked, normalised=asked, english=asked).names == ["SOLAR", "Phi-3"]


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("", "쉼표"),
        ("SOLAR", "쉼표"),
        (": 학습", "쉼표"),
        ("a, b, c, d, e", "쉼표"),
        ("SOLAR, Gemini", "Gemini.*SOLAR 10.7B"),
        ("SOLAR, phy", "phy.*Phi-3 Technical Report"),
        ("Aya, SOLAR", "Aya.*여럿.*Aya 23.*Aya Model"),
        ("SOLAR, solar 10.7B", "같은 논문"),
    ],
)
def test_names_that_lead_to_no_paper_are_told_with_others(argument: str, told: str):
    with pytest.raises(UserError) as error:
        write_question(argument, Shelf())

    assert re.search(told, str(error.value))
