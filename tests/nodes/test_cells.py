"""Cells: a table's row told in full."""

import pytest

from nodes.cells import whole_row
from nodes.excerpts import asked_terms
from tests.samples import evidence

TABLE = (
    "Task\tEXAONE 3.0\tPhi 3\tLlama 3.1\nGSM8K [11]\t79.8 (2nd)\t86.4\t75.9\nMATH\t34.1\t32.1\t29.2"
)
GSM8K = evidence("GSM8K [11]\t79.8 (2nd)\t86.4\t75.9", TABLE)
ASKED = "Which is higher on GSM8K, EXAONE 3.0 or Phi 3?"
WHOLE = (
    "For GSM8K, the value of EXAONE 3.0 is 79.8, and the value of Phi 3 is 86.4, "
    "so Phi 3 is higher."
)


def told(answer: str, english: str) -> str:
    return whole_row(answer, english, [GSM8K], asked_terms("", english))


def test_an_answer_with_one_of_two_cells_becomes_what_the_row_says():
    assert told("EXAONE 3.0 is higher, with 79.8.", ASKED) == WHOLE


def test_what_is_not_compared_is_listed():
    assert told("Both have 79.8.", "What do EXAONE 3.0 and Phi 3 score on GSM8K?") == (
        "For GSM8K, the value of EXAONE 3.0 is 79.8, and the value of Phi 3 is 86.4."
    )


@pytest.mark.parametrize(
    ("answer", "english"),
    [
        ("Phi 3 has 86.4 and EXAONE 3.0 has 79.8.", ASKED),  # all of it
        ("It is 32.1.", ASKED),  # of another row: what is told is checked elsewhere
        ("It is 86.4.", "What does Phi 3 score on GSM8K?"),  # one cell is all that is asked for
        ("It is 86.4.", "What do EXAONE 3.0 and Phi 3 score on MBPP?"),  # no such row
    ],
)
def test_other_answers_stay(answer: str, english: str):
    assert told(answer, english) == answer
