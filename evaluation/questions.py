"""Question files: one JSON object a line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from language.catalogue import Text
from retrieval.errors import UserError

QuestionRow = dict[str, Any]
"""At least `question`; with gold fields where it is evaluated."""


def read_questions(path: Path) -> list[QuestionRow]:
    """The questions of a JSONL file; UserError names the first line that is none."""
    questions = read_objects(path, _is_question, needs=Text("asking.needs_question"))
    if not questions:
        raise UserError("asking.no_questions", file=path)
    return questions


def needs_gold(question: QuestionRow) -> bool:
    """Whether nobody has said yet what is right: as of an answer that a reader has called wrong."""
    return bool(question.get("needs_gold"))


def set_english(item: QuestionRow, given: str | None = None, *, use_english: bool) -> QuestionRow:
    """The question with the English that searches are to use: what is given, its own, or none."""
    rest = {name: value for name, value in item.items() if name != "question_en"}
    english = given or (item.get("question_en") if use_english else None)
    return {**rest, "question_en": english} if english else rest


def read_objects(
    path: Path, is_one: Callable[[dict[str, Any]], bool], *, needs: Text
) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line; UserError names the first line that is none.

    `needs`: what one needs to have.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # U+2028 breaks no JSON line
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("asking.unreadable", file=path) from error
    objects = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            value = _parse_json(line)
            if not isinstance(value, dict) or not is_one(value):
                raise UserError("asking.wrong_line", file=path, number=number, needs=needs)
            objects.append(value)
    return objects


def _parse_json(line: str) -> object:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None


def _is_question(value: dict[str, Any]) -> bool:
    """Whether it asks something, after turns that each have a role and words."""
    history = value.get("history", [])
    question = value.get("question")
    return (
        isinstance(question, str)
        and is_encodable(question)
        and isinstance(history, list)
        and all(map(_is_turn, history))
    )


def is_encodable(text: str) -> bool:
    """Whether a text is one: halves of letters, as of a terminal that is not set to UTF-8, are none."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_turn(turn: object) -> bool:
    """Whether it is what the user or the assistant has said."""
    return (
        isinstance(turn, dict)
        and turn.get("role") in ("user", "assistant")
        and isinstance(turn.get("content"), str)
    )
