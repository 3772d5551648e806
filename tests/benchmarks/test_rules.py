"""What rules are worth: each switch puts the product back, and runs are set against each other."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import reduce
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from benchmarks.baseline import main as record_baseline
from benchmarks.baseline import read_file
from benchmarks.rules.__main__ import compare_rules, main, replay_file, write_markdown
from benchmarks.rules.catalogue import RULES, find_rules
from benchmarks.rules.reading import EXCERPTS
from benchmarks.rules.switch import Rule, replace_name, replace_names
from benchmarks.rules.worth import compare_records, judge, measure_worth, sum_up, weigh
from language.matching import find_asked_terms
from nodes.citing.checks import UNVERIFIED
from nodes.small import compose
from retrieval.errors import UserError
from tests.fake_openai import FakeOpenAI
from tests.samples import evidence
from tests.ui.command.commands import question_file

GOLD = {
    "id": "one",
    "question": "SOLAR는 층이 몇 개인가요?",
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}
NO_ANSWER = {"id": "none", "question": "GPT-5는 층이 몇 개인가요?", "document": ""}
RIGHT = {"outcome": "answered", "answer": "48개", "citations": []}
WRONG = {"outcome": "answered", "answer": "32개", "citations": []}
REFUSED = {"outcome": "insufficient", "answer": "정보가", "citations": []}
TABLE = (
    "Depth Up-Scaling\n\nModel\tMMLU\tGSM8K\nSOLAR\t48.0\t32.5\n\nTable 1: Scores.\n\n12\n\n"
    "We scale the model up in depth.\n\nResults"
)
NO_RULE = replace_name("nodes.small.select.CELL_WEIGHT", 2.0)


def a_rule(**fields: Any) -> Rule:
    return Rule(**{"name": "r", "does": "nothing", "switch": NO_RULE, **fields})


def look_up(name: str) -> Any:
    """What stands at a dotted name, as `patch` finds it."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[end:], module)
    raise AssertionError(name)


@pytest.fixture
def recorded(
    home: Path, openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, str]:
    """A folder with the cassette of two questions, asked of a small model, and their argument."""
    monkeypatch.setenv("MUNHEON_PROFILE", "small")
    named = f"few={question_file(tmp_path, GOLD, NO_ANSWER)}@{home}"
    out = tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["baseline", str(out), named])
    record_baseline()
    return out, named


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> str:
    capsys.readouterr()
    monkeypatch.setattr(sys, "argv", ["rules", *map(str, arguments)])
    main()
    return capsys.readouterr().out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_switch_patches_what_is_there_and_puts_it_back(rule: Rule):
    patched: dict[str, Any] = {}

    def noting(name: str, value: Any) -> Any:
        patched[name] = look_up(name)
        return patch(name, value)

    with patch("benchmarks.rules.switch.patch", noting), rule.switch():
        assert patched
        assert all(look_up(name) is not before for name, before in patched.items())

    assert all(look_up(name) is before for name, before in patched.items())


def test_rules_have_names_of_their_own():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_name_that_is_gone_is_an_error():
    with pytest.raises(AttributeError), replace_names({"nodes.small.select.GONE": 0})():
        pass


def test_questions_are_answered_with_all_rules_off(recorded: tuple[Path, str]):
    folder, named = recorded

    @contextmanager
    def all_off() -> Iterator[None]:
        with ExitStack() as stack:
            for rule in RULES:
                stack.enter_context(rule.switch())
            yield

    records = replay_file(read_file(named), folder, all_off, plays_only=False)

    assert [record["outcome"] for record in records] == ["answered", "answered"]


@pytest.mark.parametrize("rule", EXCERPTS, ids=lambda rule: rule.name)
def test_excerpts_are_written_otherwise_without_a_rule(rule: Rule):
    pieces = [evidence(TABLE, TABLE)]
    asked = find_asked_terms("", "What is the MMLU of SOLAR?")

    with_it = compose.write_excerpts(pieces, asked)
    with rule.switch():
        without = compose.write_excerpts(pieces, asked)

    assert with_it != without


def test_a_rule_that_is_off_changes_what_it_is_for_alone(recorded: tuple[Path, str]):
    folder, named = recorded
    rules = find_rules(["unknown_name", "no_amount"], RULES)

    [unknown_name], [no_amount] = (
        comparisons
        for _, comparisons in compare_rules(rules, [read_file(named)], folder, plays_only=True)
    )

    assert unknown_name.not_recorded == 1  # its answer was never asked for
    assert (no_amount.not_recorded, no_amount.changed) == (0, 0)


def test_with_all_rules_all_calls_are_played(recorded: tuple[Path, str], openai: FakeOpenAI):
    folder, named = recorded
    asked = len(openai.requests)

    records = replay_file(read_file(named), folder, plays_only=True)

    assert [record["outcome"] for record in records] == ["answered", "insufficient"]
    assert len(openai.requests) == asked


def test_calls_that_are_not_recorded_are_asked_once_unless_it_plays_only(
    recorded: tuple[Path, str],
    openai: FakeOpenAI,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    folder, named = recorded
    played = printed(capsys, monkeypatch, folder, named, "--rule", "unknown_name", "--play-only")
    before = len(openai.requests)
    asked = printed(capsys, monkeypatch, folder, named, "--rule", "unknown_name")
    after = len(openai.requests)
    again = printed(capsys, monkeypatch, folder, named, "--rule", "unknown_name", "--play-only")

    assert "open: 1 not recorded" in played
    assert after > before
    assert "open" not in asked
    assert again == asked
    assert len(openai.requests) == after
    assert "refused" in asked
    assert "worth +1: stays" in asked


def test_a_fault_of_one_question_leaves_the_others_alone(
    recorded: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    folder, named = recorded

    def fails(*args: Any, **kwargs: Any) -> Any:
        raise KeyError("nothing to show")

    switch = replace_name("nodes.small.compose.finish_answer", fails)
    first, second = replay_file(read_file(named), folder, switch, plays_only=True)

    assert first == "failed"
    assert second["outcome"] == "insufficient"
    assert "one: KeyError('nothing to show')" in capsys.readouterr().err


def test_the_markdown_has_a_row_for_each_rule(
    recorded: tuple[Path, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    folder, named = recorded
    arguments = ["--rule", "no_amount", "--rule", "cited by names", "--play-only", "--markdown"]

    shown = printed(capsys, monkeypatch, folder, named, *arguments)

    heads, rule, *rows = shown.splitlines()
    assert heads.startswith("| rule | what it does | few | all but dev |")
    assert set(rule) == set("| -")
    assert [row.split(" | ")[0] for row in rows] == ["| no_amount", "| cited by names"]
    assert {row.count("|") for row in (heads, rule, *rows)} == {heads.count("|")}


def test_no_rules_make_no_table():
    assert write_markdown([]).startswith("| rule |")


def test_a_name_that_no_rule_has_is_told():
    with pytest.raises(UserError, match=r"nonsense.*no_amount"):
        find_rules(["no_amount", "nonsense"], RULES)


class TestWorth:
    QUESTIONS = (GOLD, GOLD, NO_ANSWER)

    def test_what_was_not_recorded_is_in_no_pair(self):
        compared = compare_records(
            "few", self.QUESTIONS, [RIGHT, "not recorded", REFUSED], [WRONG, RIGHT, "failed"]
        )

        assert (compared.not_recorded, compared.failed) == (1, 1)
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
    def test_worth_is_right_less_wrong(
        self, on: list[dict[str, Any]], off: list[dict[str, Any]], worth: int
    ):
        compared = compare_records("few", self.QUESTIONS, on, off)

        assert weigh(a_rule(), compared) == worth
        assert judge(a_rule(), compared) == ("stays" if worth >= 1 else "goes")

    def test_the_interval_is_of_the_difference_in_questions(self):
        questions = [GOLD] * 20
        compared = compare_records("few", questions, [RIGHT] * 20, [WRONG] * 4 + [RIGHT] * 16)

        worth = measure_worth(compared, "right")

        assert (worth.on, worth.off, worth.difference) == (20, 16, 4)
        assert 0 < worth.low < 4 < worth.high < 12

    def test_safety_keeps_a_rule_that_is_worth_nothing(self):
        compared = compare_records("few", [GOLD], [RIGHT], [RIGHT])

        assert judge(a_rule(safety="orders"), compared) == "stays: orders"

    def test_a_rule_measured_on_its_own_file_alone_is_not_judged(self):
        assert judge(a_rule(), sum_up("all but dev", [])) == "not measured"

    @pytest.mark.parametrize(
        ("off", "verdict"),
        [
            ([WRONG, WRONG, "not recorded"], "stays"),
            ([RIGHT, WRONG, "not recorded"], "open: 1 not recorded"),
            ([RIGHT, RIGHT, "not recorded"], "open: 1 not recorded"),
            ([RIGHT, RIGHT, "failed"], "broken off: 1 questions failed"),
        ],
    )
    def test_a_verdict_is_open_while_what_was_left_out_may_turn_it(
        self, off: list[Any], verdict: str
    ):
        compared = compare_records("few", [GOLD] * 3, [RIGHT] * 3, off)

        assert judge(a_rule(), compared) == verdict

    def test_a_check_is_worth_its_labels_on_what_is_wrong(self):
        labelled = [{**one, "answer": f"{one['answer']} ({UNVERIFIED})"} for one in (RIGHT, WRONG)]
        questions = [GOLD, GOLD]
        plain = [RIGHT, WRONG]

        for on, worth in ((labelled, 0), ([RIGHT, labelled[1]], 1), ([labelled[0], WRONG], -1)):
            compared = compare_records("few", questions, on, plain)
            assert weigh(a_rule(aim="label"), compared) == worth

    def test_a_citation_rule_is_worth_the_right_pages(self):
        def cites(page: int) -> dict[str, Any]:
            return {
                **RIGHT,
                "citations": [{"document": "solar.pdf", "page": page, "quote": "SOLAR"}],
            }

        compared = compare_records("few", [GOLD], [cites(1)], [cites(2)])

        assert weigh(a_rule(aim="citation"), compared) == 1
        assert compared.changed == 1
