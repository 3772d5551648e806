"""Run the command line as a test, and read what it prints."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.fake_openai import FakeOpenAI
from ui.command.main import main

QUESTION = "SOLAR는 층이 몇 개인가요?"
ANSWER = "SOLAR는 층이 48개입니다 [1]."
SOURCE = "[1] solar.pdf 1쪽: SOLAR has 48 layers."
# The question as a question file has it, with what is gold.
GOLD = {
    "question": QUESTION,
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}


def munheon(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def printed(*arguments: object) -> str:
    """What a command that works prints."""
    result = munheon(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def objects(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed(*arguments).splitlines()]


def question_file(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    lines = [json.dumps(question, ensure_ascii=False) for question in questions]
    path.write_text("\n".join(lines), "utf-8")
    return path


def chat_tasks(openai: FakeOpenAI) -> list[str]:
    return [asked.task for asked in openai.requests if asked.task != "embed"]


def assert_told(result: Result, words: str) -> None:
    """The command ends with exit code 1 and one line that holds the words."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    [line] = [line for line in result.output.splitlines() if words in line]
    # A word on what is wrong in both languages.
    assert line.rstrip().endswith(")")
