"""What a rule is worth: questions with it and without, and the verdict."""

from typing import Any

import pytest

from benchmarks.rules.worth import compare_records, judge, measure_worth, sum_up, weigh
from tests.benchmarks.outcomes import GOLD, NO_ANSWER, REFUSED, RIGHT, WRONG, a_rule

QUESTIONS = (GOLD, GOLD, NO_ANSWER)


def test_what_was_not_recorded_is_in_no_pair():
    compared = compare_records(
        "few", QUESTIONS, [RIGHT, "not recorded", REFUSED], [WRONG, RIGHT, "not recorded"]
    )

    assert compared.not_recorded == 2
    assert [pair.question["id"] for pair in compared.pairs] == ["one"]
    assert compared.changed == 1


@pytest.mark.parametrize(
    ("on", "off", "worth"),
    [
        ([RIGHT, WRONG, REFUSED], [RIGHT, WRONG, REFUSED], 0),
        ([RIGHT, WRONG, REFUSED], [WRONG, WRONG, REFUSED], 2),
        ([RIGHT, REFUSED, REFUSED], [RIGHT, WRONG, REFUSED], 1),
        ([REFUSED, WRONG, REFUSED], [RIGHT, WRONG, REFUSED], -1),
        ([RIGHT, WRONG, REFUSED], [RIGHT, WRONG, WRONG], 1),
    ],
    ids=["nothing", "right for wrong", "wrong refused", "right refused", "no answer refused"],
)
def test_worth_is_right_less_wrong(on: list[dict[str, Any]], off: list[dict[str, Any]], worth: int):
    compared = compare_records("few", QUESTIONS, on, off)

    assert weigh(a_rule(), compared) == worth
    assert judge(a_rule(), compared) == ("stays" if worth >= 1 else "goes")


def test_the_interval_is_of_the_difference_in_questions():
    questions = [GOLD] * 20
    compared = compare_records("few", questions, [RIGHT] * 20, [WRONG] * 4 + [RIGHT] * 16)

    worth = measure_worth(compared, "right")

    assert (worth.on, worth.off, worth.difference) == (20, 16, 4)
    assert 0 < worth.low < 4 < worth.high < 12


def test_safety_keeps_a_rule_that_is_worth_nothing():
    compared = compare_records("few", [GOLD], [RIGHT], [RIGHT])

    assert judge(a_rule(safety="orders"), compared) == "stays: orders"


def test_a_rule_measured_on_its_own_file_alone_is_not_judged():
    assert judge(a_rule(), sum_up("all but dev", [])) == "not measured"


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        ([WRONG, WRONG, "not recorded"], "stays"),
        ([RIGHT, WRONG, "not recorded"], "open: 1 not recorded"),
        ([RIGHT, RIGHT, "not recorded"], "open: 1 not recorded"),
    ],
)
def test_a_verdict_is_open_while_what_was_left_out_may_turn_it(off: list[Any], verdict: str):
    compared = compare_records("few", [GOLD] * 3, [RIGHT] * 3, off)

    assert judge(a_rule(), compared) == verdict


def test_a_check_is_worth_the_wrong_answers_that_it_turns_into_quotes():
    quoted = [{**one, "outcome": "quoted"} for one in (RIGHT, WRONG)]

    for on, worth in ((quoted, 0), ([RIGHT, quoted[1]], 1), ([quoted[0], WRONG], -1)):
        compared = compare_records("few", [GOLD, GOLD], on, [RIGHT, WRONG])
        assert weigh(a_rule(), compared) == worth


def test_a_citation_rule_is_worth_the_right_pages():
    def cites(page: int) -> dict[str, Any]:
        return {
            **RIGHT,
            "citations": [{"document": "solar.pdf", "page": page, "quote": "SOLAR"}],
        }

    compared = compare_records("few", [GOLD], [cites(1)], [cites(2)])

    assert weigh(a_rule(aim="citation"), compared) == 1
    assert compared.changed == 1
