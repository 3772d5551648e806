"""The baseline: question files asked through cassettes, and set against an earlier run."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks.baseline import main
from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import QUESTION, question_file

GOLD = {
    "id": "one",
    "question": QUESTION,
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}


@pytest.fixture
def named(home: Path, tmp_path: Path) -> str:
    """The argument for a file of one question over the library."""
    return f"few={question_file(tmp_path, GOLD)}@{home}"


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> str:
    monkeypatch.setattr(sys, "argv", ["baseline", *map(str, arguments)])
    main()
    return capsys.readouterr().out


def test_a_second_run_is_played_and_comes_to_the_same(
    named: str,
    openai: FakeOpenAI,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    out = tmp_path / "out"

    first = printed(capsys, monkeypatch, out, named)
    asked = len(openai.requests)
    second = printed(capsys, monkeypatch, out, named, "--against", out)

    assert re.search(r"few +1 +0 +100\.0% +0\.0% +- +0\.0% +100\.0%", first)
    assert re.search(r"\d+ calls were in no cassette", first)
    assert "No model was asked" in second
    assert "few: served 1 -> 1 of 1, p = 1.000" in second
    assert len(openai.requests) == asked


def test_what_changed_is_told_question_by_question(
    named: str,
    openai: FakeOpenAI,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    failed = {"id": "one", "question": QUESTION, "outcome": "error", "error": "no model"}
    (tmp_path / "few.jsonl").write_text(json.dumps(failed), "utf-8")

    shown = printed(capsys, monkeypatch, tmp_path / "out", named, "--against", tmp_path)

    assert "few: served 0 -> 1 of 1" in shown
    assert f"gained  one  {QUESTION}" in shown
    [record] = (tmp_path / "out" / "few.jsonl").read_text("utf-8").splitlines()
    assert json.loads(record)["outcome"] == "answered"


@pytest.mark.parametrize("argument", ["few", "few=questions.jsonl", "=a@b", "few=@b", "few=a@"])
def test_an_argument_that_names_no_file_and_library_is_told(
    argument: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(SystemExit, match="NAME=FILE@HOME"):
        printed(capsys, monkeypatch, "out", argument)
