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
from benchmarks.rules.switch import Rule, replace_names
from language.matching import find_asked_terms
from nodes.small import compose
from tests.benchmarks.outcomes import GOLD, NO_ANSWER
from tests.fake_openai import FakeOpenAI
from tests.samples import evidence
from tests.ui.command.commands import question_file

TABLE = (
    "Depth Up-Scaling\n\nModel\tMMLU\tGSM8K\nSOLAR\t48.0\t32.5\n\nTable 1: Scores.\n\n12\n\n"
    "We scale the model up in depth.\n\nResults"
)


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
    with pytest.raises(SystemExit, match=r"nonsense.*no_amount"):
        find_rules(["no_amount", "nonsense"], RULES)
