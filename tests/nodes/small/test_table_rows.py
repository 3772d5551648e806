"""Cells: a table's row told in full."""

import pytest

from nodes.small.table_rows import complete_row
from tests.samples import asking, evidence

TABLE = (
    "Task\tEXAONE 3.0\tPhi 3 Inst.\tLlama 3.1\nGSM8K [11]\t79.8 (2nd)\t86.4\t75.9\n"
    "MATH\t34.1\t32.1\t29.2\nGain\t-5.1\t3.2\t0.0\nCost\t2.3 · 1019\t1.4 · 1020\t0"
)
ASKED = "Which is higher on GSM8K, EXAONE 3.0 or Phi 3?"
WHOLE = (
    "For GSM8K, the value of EXAONE 3.0 is 79.8, and the value of Phi 3 Inst. is 86.4, "
    "so Phi 3 Inst. is higher."
)


def told(answer: str, english: str, text: str = TABLE) -> str:
    rows = [evidence(row, text) for row in text.split("\n")[1:]]
    return complete_row(answer, asking("", english), rows)


def test_an_answer_with_one_of_two_cells_becomes_what_the_row_says():
    assert told("EXAONE 3.0 is higher, with 79.8.", ASKED) == WHOLE


def test_what_is_not_compared_is_listed():
    assert told("Both have 79.8.", "What do EXAONE 3.0 and Phi 3 score on GSM8K?") == (
        "For GSM8K, the value of EXAONE 3.0 is 79.8, and the value of Phi 3 Inst. is 86.4."
    )


def test_signs_and_nothing_count():
    assert told("It is 3.2.", "Is the gain of EXAONE 3.0 or Llama 3.1 or Phi 3 lower?").endswith(
        "Llama 3.1 is 0.0, so EXAONE 3.0 is lower."
    )


@pytest.mark.parametrize(
    ("answer", "english"),
    [
        ("Phi 3 has 86.4 and EXAONE 3.0 has 79.8.", ASKED),  # all of it
        ("It is 32.1.", ASKED),  # of another row: what is told is checked elsewhere
        ("It is 86.4.", "What does Phi 3 score on GSM8K?"),  # one cell is all that is asked for
        ("It is 86.4.", "What do EXAONE 3.0 and Phi 3 score on MBPP?"),  # no such row
        ("It is 6.6 higher, at 86.4.", ASKED),  # more than cells
        ("Phi 3 is better, with 86.4.", "Which is better on GSM8K, EXAONE 3.0 or Phi 3?"),
        ("79.8 and 34.1.", "What do EXAONE 3.0 and Phi 3 score on GSM8K and MATH?"),  # two rows
        ("It is 2.3.", "What cost EXAONE 3.0 and Phi 3?"),  # no plain figures
        ("It needs thought.", ASKED),
    ],
)
def test_other_answers_stay(answer: str, english: str):
    assert told(answer, english) == answer


def test_a_longer_name_is_not_the_shorter():
    table = "Model\tMMLU\tMMLU-Pro\tARC\nQwen2\t84.2\t55.6\t68.9"

    assert told("It is 55.6.", "What does the Qwen2 architecture score on MMLU-Pro?", table) == (
        "It is 55.6."
    )


def test_columns_of_one_name_are_not_told():
    table = "Model\t2B\t2B\t27B\nMBPP\t29.2\t30.2\t62.6"

    assert told("It is 62.6.", "What do 2B and 27B score on MBPP?", table) == "It is 62.6."
