"""Eval: answers scored against a question file."""

import re
from pathlib import Path

import pytest

from tests.fake_openai import FakeOpenAI
from tests.ui.command.commands import (
    GOLD,
    QUESTION,
    assert_told,
    chat_tasks,
    munheon,
    objects,
    printed,
    question_file,
)


@pytest.mark.parametrize("options", [[], ["--retrieval", "--no-model"], ["--ladder", "--no-model"]])
def test_a_library_without_anything_in_it_is_said_to_be_empty(
    options: list[str], openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MUNHEON_HOME", str(tmp_path / "empty"))

    result = munheon("eval", question_file(tmp_path, GOLD), *options)

    assert result.exit_code == 1
    assert "색인된 문서가 없습니다" in result.output
    assert not chat_tasks(openai)


@pytest.mark.usefixtures("home")
class TestEval:
    def test_answers_are_scored(self, openai: FakeOpenAI, tmp_path: Path):
        unknown = {"question": "GPT-9는?", "document": None, "answer_must_include": []}
        path = question_file(tmp_path, GOLD, unknown)

        [figures] = objects("eval", path, "--json")

        assert (figures["right"], figures["refused"], figures["errors"]) == (1, 0, 0)
        assert figures["cited_document"] == figures["cited_page"] == figures["verified"] == 1
        assert figures["tokens"]["input"] > 0
        assert figures["usd"] == 0  # the server is on this machine
        shown = printed("eval", path)
        assert re.search(r"정답 +100\.0%  \[100\.0%, 100\.0%\]", shown)
        assert re.search(r"틀린 답 +0\.0%", shown)

    def test_prices_of_ones_own_make_a_cost(
        self, openai: FakeOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_PRICES", '{"gpt-4o-mini": [1000000, 0, 0]}')
        path = question_file(tmp_path, GOLD)

        [figures] = objects("eval", path, "--answers", "--json")

        assert figures["usd"] == figures["tokens"]["input"]

    @pytest.mark.parametrize(
        "options",
        [
            ("--answers", "--retrieval"),
            ("--retrieval", "--compare", "x"),
            ("--ladder", "--html", "x"),
            ("--ladder", "--compare", "x"),
            ("--use-english",),
            ("--answers", "--no-model"),
            ("--records", "x", "--cassette", "x"),
        ],
    )
    def test_options_that_do_not_go_together_are_told(
        self, openai: FakeOpenAI, tmp_path: Path, options: tuple[str, ...]
    ):
        path = question_file(tmp_path, GOLD)

        assert_told(munheon("eval", path, *options), options[-2 if "x" in options else -1])
        assert openai.requests == []

    def test_citations_of_papers_that_are_not_there_are_not_called_verified(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        path = question_file(tmp_path, GOLD)
        records = tmp_path / "records.jsonl"
        text = printed("ask", "--questions", path, "--json").replace("solar.pdf", "other.pdf")
        records.write_text(text, "utf-8")

        assert "확인 못 함" in printed("eval", path, "--records", records)

    def test_records_are_scored_without_asking_again(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, GOLD)
        records = tmp_path / "records.jsonl"
        records.write_text(printed("ask", "--questions", path, "--json"), "utf-8")
        asked = len(openai.requests)

        [figures] = objects("eval", path, "--records", records, "--json")

        assert figures["right"] == 1
        assert len(openai.requests) == asked

    @pytest.mark.parametrize(
        "content", [None, "no JSON", "{}", ""], ids=["missing", "broken", "no record", "too few"]
    )
    def test_records_that_are_none_are_told_in_words(
        self, openai: FakeOpenAI, tmp_path: Path, content: str | None
    ):
        path = question_file(tmp_path, GOLD)
        if content is not None:
            (tmp_path / "records.jsonl").write_text(content)

        assert_told(munheon("eval", path, "--records", tmp_path / "records.jsonl"), "records.jsonl")

    def test_a_question_without_gold_is_told_in_words(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {"question": QUESTION, "document": "solar.pdf"})

        assert_told(munheon("eval", path), "answer_must_include")

    def test_retrieval_is_scored_without_a_chat_model(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {**GOLD, "question_en": "How many layers has SOLAR?"})

        [figures] = objects("eval", path, "--retrieval", "--use-english", "--json")

        assert figures["all"]["figures"]["evidence_hit@5"] == {"mean": 1, "interval": [1, 1]}
        assert chat_tasks(openai) == []
        told = printed("eval", path, "--retrieval", "--no-model")
        assert re.search(r"evidence_hit@5 +1\.000 ", told)

    def test_retrieval_translates_with_the_conversation(self, openai: FakeOpenAI, tmp_path: Path):
        history = [{"role": "user", "content": "Gemma는 층이 몇 개야?"}]
        path = question_file(tmp_path, {**GOLD, "history": history, "question_en": "unused"})

        printed("eval", path, "--retrieval")

        assert chat_tasks(openai) == ["translate"]

    def test_two_runs_are_compared(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {**GOLD, "id": "q7"})
        first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
        first.write_text(printed("ask", "--questions", path, "--json"), "utf-8")
        second.write_text('{"outcome": "error", "error": "?"}', "utf-8")

        told = printed("eval", path, "--records", first, "--compare", second)

        assert "맞음: 1개 → 0개, p = 1.000" in told
        assert "새로 틀림  q7  " in told

    def test_comparing_needs_two_runs(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, GOLD)

        assert_told(munheon("eval", path, "--compare", path), "--records")

    def test_a_page_is_written(self, openai: FakeOpenAI, tmp_path: Path):
        path, html = question_file(tmp_path, GOLD), tmp_path / "run.html"

        printed("eval", path, "--html", html)

        assert QUESTION in html.read_text("utf-8")
        assert_told(munheon("eval", path, "--html", tmp_path), "쓸 수 없습니다")

    def test_searches_have_a_page_and_can_be_compared(self, openai: FakeOpenAI, tmp_path: Path):
        path, html = question_file(tmp_path, {**GOLD, "id": "q7"}), tmp_path / "run.html"
        first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
        first.write_text(printed("search", "--questions", path, "--no-model", "--json"), "utf-8")
        second.write_text('{"passages": []}', "utf-8")

        [now] = objects("eval", path, "--retrieval", "--no-model", "--html", html, "--json")
        [kept] = objects("eval", path, "--retrieval", "--records", first, "--json")

        assert kept == now
        assert "근거가 있음" in html.read_text("utf-8")
        assert "새로 틀림  q7" in printed("eval", path, "--records", first, "--compare", second)
        assert_told(munheon("eval", path, "--records", first), "first.jsonl")

    def test_baselines_end_in_our_search(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {**GOLD, "question_en": "How many layers has SOLAR?"})
        options = ("--use-english", "--no-model")

        [figures] = objects("eval", path, "--ladder", *options, "--json")
        [ours] = objects("eval", path, "--retrieval", "--use-english", "--json")

        assert list(figures["rungs"]) == ["translate, vectors", "ensemble .3/.7", "munheon"]
        assert figures["rungs"]["munheon"] == ours
        assert figures["left_out"] == ["multi-query", "contextual .5/.5"]
        assert chat_tasks(openai) == []
        told = printed("eval", path, "--ladder", *options)
        assert re.search(r"munheon +1\.000 \[1\.00, 1\.00\]", told)

    def test_baselines_with_a_model_write_queries_and_read_written_headers(
        self, openai: FakeOpenAI, papers: Path, tmp_path: Path
    ):
        printed("index", papers, "--contextual")
        path = question_file(tmp_path, GOLD)
        openai.requests.clear()

        [figures] = objects("eval", path, "--ladder", "--json")

        assert len(figures["rungs"]) == 5
        assert figures["left_out"] == []
        assert chat_tasks(openai) == ["translate", "rewrite"]
