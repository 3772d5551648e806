"""Subject: figures that stand where nothing of what was asked for does."""

import pytest

from nodes.subject import strays
from retrieval.passages import Evidence
from tests.samples import passage


def whole(text: str) -> Evidence:
    return Evidence(passage=passage(text, title="Attention"), start=0, end=len(text))


STEPS = whole("For our big models, step time was 1.0 seconds.")
CLIPPED = whole("Gradients were clipped at 1.0.")


def test_another_figure_of_the_paper_is_no_answer():
    asked = "Transformer의 gradient clipping threshold는 얼마야?"

    assert strays("The threshold is 1.0.", asked, [STEPS])
    assert not strays("The threshold is 1.0.", asked, [STEPS, CLIPPED])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("It is 1.0.", "얼마야?"),  # it says nothing that a figure could be about
        ("It is 1.0.", "Transformer는 몇이야?"),  # a paper speaks of its own name all along
        ("It is 1.0.", "threshold가 왜 필요해?"),  # no amount
        ("It is 3.0.", "threshold는 몇이야?"),  # that stands nowhere, which others see to
        ("It is 1.0.", "threshold 1.0은 몇 층에서 써?"),  # it only repeats the question's
    ],
)
def test_what_cannot_be_told_is_left_alone(answer: str, asked: str):
    assert not strays(answer, asked, [STEPS])


def test_the_head_of_a_column_says_what_a_figure_is():
    text = "Table 1: Sizes\nModel\tWarmup steps\tLayers\nbase\t4000\t6\nbig\t4000\t12"
    row = Evidence(passage=passage(text), start=text.index("base"), end=text.index("\nbig"))

    assert not strays("It has 6.", "layer가 몇 개야?", [row])
    assert strays("It has 6.", "head가 몇 개야?", [row])
