"""Question files: one JSON object a line."""

import json
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from retrieval.errors import UserError

Question = dict[str, Any]
"""At least `question`; with gold fields where it is evaluated."""


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSONL file; UserError names the first line that is none."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"질문 파일 {path}을(를) 읽을 수 없습니다. (Cannot read the question file.)"
        ) from error
    questions = [
        _question(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()
    ]
    if not questions:
        raise UserError(f"질문 파일 {path}에 질문이 없습니다. (The question file is empty.)")
    return questions


def _question(line: str, path: Path, number: int) -> Question:
    try:
        question = json.loads(line)
    except json.JSONDecodeError:
        question = None
    if not isinstance(question, dict) or not isinstance(question.get("question"), str):
        raise UserError(
            f'{path} {number}번째 줄은 "question"이 있는 JSON 객체가 아닙니다. (Not a JSON object with a question.)'
        )
    return question


def messages_of(question: Question) -> list[AnyMessage]:
    """The conversation that ends in the question."""
    turns = [*question.get("history", []), {"role": "user", "content": question["question"]}]
    return [
        HumanMessage(turn["content"]) if turn["role"] == "user" else AIMessage(turn["content"])
        for turn in turns
    ]
