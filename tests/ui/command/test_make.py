"""Eval --make: a question file written from the library."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.making.make import TRIES_A_QUESTION
from evaluation.scores import check_gold
from tests.fake_openai import FakeOpenAI
from tests.treatments import refuses
from tests.ui.command.commands import QUESTION, assert_told, chat_tasks, munheon, objects, printed

DRAFT = {
    "question": QUESTION,
    "question_en": "How many layers does SOLAR have?",
    "quote": "SOLAR has 48 layers.",
    "answer": "SOLAR의 층은 48개입니다.",
    "keys": [{"source": "48", "korean": []}],
}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def short_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample papers are short."""
    monkeypatch.setattr("evaluation.making.make.MIN_PASSAGE_LENGTH", 40)


@pytest.fixture
def writes(openai: FakeOpenAI) -> FakeOpenAI:
    """A strong model that asks for SOLAR's layers, and finds them where they are told."""
    openai.replies["question"] = json.dumps(DRAFT)
    openai.always["grade"] = lambda exchange: exchange.send_words(
        json.dumps({"sentences": [1] if "1. SOLAR has 48" in exchange.asked.text else []})
    )
    return openai


@pytest.mark.usefixtures("home")
class TestMake:
    def test_what_is_made_can_be_evaluated(self, writes: FakeOpenAI, tmp_path: Path):
        path = tmp_path / "made.jsonl"

        told = printed("eval", "--make", 1, path)

        assert "질문 1개를 만들었습니다" in told
        assert str(path) in told
        assert "토큰: 입력 " in told
        assert "입력 0개" not in told
        check_gold(lines(path))
        [figures] = objects("eval", path, "--json")
        assert (figures["right"], figures["cited_page"]) == (1, 1)
        [figures] = objects("eval", path, "--retrieval", "--use-english", "--json")
        assert figures["all"]["figures"]["evidence_hit@5"]["mean"] == 1

    def test_what_became_of_it_is_told_as_json(self, writes: FakeOpenAI, tmp_path: Path):
        path = tmp_path / "made.jsonl"

        [figures] = objects("eval", "--make", 2, path, "--json")

        assert (figures["file"], figures["made"], figures["tries"]) == (
            str(path),
            1,
            2 * TRIES_A_QUESTION,
        )
        assert figures["dropped"]["이미 낸 질문"] > 0
        assert figures["tokens"]["input"] > 0

    def test_reasons_are_told_where_fewer_were_made(self, writes: FakeOpenAI, tmp_path: Path):
        told = printed("eval", "--make", 2)

        assert f"질문 1개를 만들었습니다(시도 {2 * TRIES_A_QUESTION}번): questions.jsonl" in told
        assert "이미 낸 질문" in told
        assert len(lines(tmp_path / "questions.jsonl")) == 1

    def test_what_was_made_stays_when_the_model_fails(self, writes: FakeOpenAI, tmp_path: Path):
        papers = 3
        writes.faults["question"] = [
            *[lambda exchange: exchange.send_words(writes.replies["question"])] * papers,
            refuses(401),
        ]

        result = munheon("eval", "--make", 2, tmp_path / "made.jsonl")

        assert_told(result, "API 키가 올바르지 않습니다")
        assert "질문 1개를 만들었습니다" in result.output
        assert len(lines(tmp_path / "made.jsonl")) == 1

    def test_a_file_that_is_there_is_left_alone(self, writes: FakeOpenAI, tmp_path: Path):
        (tmp_path / "questions.jsonl").write_text("mine")

        assert_told(munheon("eval", "--make", 1), "이미 있습니다")
        assert (tmp_path / "questions.jsonl").read_text() == "mine"
        assert chat_tasks(writes) == []

    def test_a_folder_that_is_not_there_is_told(self, writes: FakeOpenAI, tmp_path: Path):
        path = tmp_path / "no" / "made.jsonl"

        assert_told(munheon("eval", "--make", 1, path), "폴더가 없습니다")
        assert chat_tasks(writes) == []

    @pytest.mark.parametrize("options", [("--retrieval",), ("--answers",), ("--html", "x")])
    def test_make_refuses_the_options_of_measurements(
        self, writes: FakeOpenAI, options: tuple[str, ...]
    ):
        assert_told(munheon("eval", "--make", 1, *options), "--make")
        assert chat_tasks(writes) == []


def test_without_papers_nothing_is_asked(openai: FakeOpenAI, tmp_path: Path):
    assert_told(munheon("eval", "--make", 1), "색인된 문서가 없습니다")
    assert not (tmp_path / "questions.jsonl").exists()
    assert openai.requests == []


def test_without_a_file_it_says_what_to_give(openai: FakeOpenAI):
    assert_told(munheon("eval"), "--make N")
