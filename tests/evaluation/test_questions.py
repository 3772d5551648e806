"""Question files: read line by line, and what is wrong is named by line."""

import json
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from evaluation.batch import build_conversation
from evaluation.questions import read_questions
from retrieval.errors import UserError


def file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding)
    return path


GOOD = '{"id": "a", "question": "층이 몇 개?"}'


def test_questions_come_in_order_with_all_their_fields(tmp_path: Path):
    path = file(tmp_path, GOOD, "", '{"question": "왜?", "document": "solar.pdf"}', "")

    assert read_questions(path) == [
        {"id": "a", "question": "층이 몇 개?"},
        {"question": "왜?", "document": "solar.pdf"},
    ]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path):
    assert len(read_questions(file(tmp_path, GOOD, encoding="utf-8-sig"))) == 1


def test_a_line_separator_within_a_question_is_no_line_break(tmp_path: Path):
    question = {"question": "한 줄\u2028두 줄\x85세 줄"}

    assert read_questions(file(tmp_path, json.dumps(question, ensure_ascii=False))) == [question]


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        '{"question": ',
        "[]",
        '"question"',
        "{}",
        '{"question": 3}',
        '{"id": "a"}',
        "null",
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str):
    with pytest.raises(UserError, match=r"questions\.jsonl 2번째 줄"):
        read_questions(file(tmp_path, GOOD, line))


@pytest.mark.parametrize(
    "history",
    [
        '"before"',
        "[1]",
        '[{"role": "user"}]',
        '[{"content": "x"}]',
        '[{"role": "user", "content": null}]',
        '[{"role": "human", "content": "x"}]',
    ],
)
def test_a_history_that_is_none_is_named(tmp_path: Path, history: str):
    line = f'{{"question": "왜?", "history": {history}}}'

    with pytest.raises(UserError, match="2번째 줄"):
        [build_conversation(question) for question in read_questions(file(tmp_path, GOOD, line))]


@pytest.mark.parametrize("lines", [[], ["", " "]])
def test_an_empty_file_is_said_so(tmp_path: Path, lines: list[str]):
    with pytest.raises(UserError, match="질문이 없습니다"):
        read_questions(file(tmp_path, *lines))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(UserError, match=r"none\.jsonl.*읽을 수 없습니다"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(UserError, match="읽을 수 없습니다"):
        read_questions(tmp_path)
    with pytest.raises(UserError, match="읽을 수 없습니다"):
        read_questions(file(tmp_path, "층이 몇 개?", encoding="euc-kr"))


def test_the_conversation_ends_in_the_question():
    question = {
        "question": "왜?",
        "history": [
            {"role": "user", "content": "층이 몇 개?"},
            {"role": "assistant", "content": "48개입니다."},
        ],
    }

    assert build_conversation(question) == [
        HumanMessage("층이 몇 개?"),
        AIMessage("48개입니다."),
        HumanMessage("왜?"),
    ]
    assert build_conversation({"question": "왜?"}) == [HumanMessage("왜?")]
