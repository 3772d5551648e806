"""The command line, over a fake OpenAI server; what a person can mend is one line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nodes.fallback import INSUFFICIENT
from tests.fakes import FakeOpenAI, refuses, says_nothing, sends_no_vectors
from tests.samples import make_papers, make_pdf
from ui.cli import main

QUESTION = "SOLAR는 층이 몇 개인가요?"
ANSWER = "SOLAR는 층이 48개입니다 [1]."
SOURCE = "[1] solar.pdf 1쪽: SOLAR has 48 layers."


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


class TestIndex:
    def test_a_folder_is_indexed_and_listed(self, openai: FakeOpenAI, papers: Path):
        told = printed("index", papers)

        assert "추가됨  solar.pdf (1개 구절)" in told
        assert told.endswith("파일 3개 가운데 3개 준비됨, 0개 실패.\n")
        listed = objects("documents", "--json")
        assert [document["name"] for document in listed] == [
            "attention.pdf",
            "gemma.pdf",
            "solar.pdf",
        ]
        assert {document["state"] for document in listed} == {"ready"}

    def test_a_second_run_says_that_nothing_changed(self, openai: FakeOpenAI, home: Path, papers):
        assert printed("index", papers).count("그대로") == 3
        assert openai.requests == []

    def test_bad_files_are_named_and_the_good_ones_indexed(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        folder = make_papers(tmp_path / "mixed")
        (folder / "empty.pdf").touch()
        make_pdf(folder / "locked.pdf", "Secret.", password="x")

        result = munheon("index", folder)

        assert result.exit_code == 1
        assert "파일 5개 가운데 3개 준비됨, 2개 실패." in result.stdout
        assert "실패    empty.pdf: 빈 파일입니다." in result.stderr
        assert "실패    locked.pdf: 암호로 잠긴 PDF입니다." in result.stderr
        assert "Traceback" not in result.output
        assert objects("ask", QUESTION, "--json")[0]["outcome"] == "answered"

    def test_files_and_folders_can_be_mixed(self, openai: FakeOpenAI, papers: Path, tmp_path):
        extra = make_pdf(tmp_path / "extra.pdf", "More words.")

        assert "파일 4개 가운데 4개" in printed("index", extra, papers)


@pytest.mark.usefixtures("home")
class TestAsk:
    def test_the_answer_and_its_sources_are_printed(self, openai: FakeOpenAI):
        assert printed("ask", QUESTION) == f"{ANSWER}\n\n{SOURCE}\n"

    def test_what_is_not_in_the_papers_is_said_in_the_fixed_sentence(self, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'
        assert printed("ask", QUESTION) == f"{INSUFFICIENT}\n"

    def test_a_refusal_by_the_model_ends_in_the_fixed_sentence(self, openai: FakeOpenAI):
        openai.replies["answer"] = "죄송하지만 정보가 부족하여 모릅니다."
        assert printed("ask", QUESTION).endswith(f"{INSUFFICIENT}\n")

    def test_an_english_question_is_not_translated(self, openai: FakeOpenAI):
        assert ANSWER in printed("ask", "How many layers does SOLAR have?")
        assert "translate" not in chat_tasks(openai)

    def test_json_has_the_fields_of_the_contract(self, openai: FakeOpenAI):
        [record] = objects("ask", QUESTION, "--json")

        assert list(record) == (
            "id question english queries outcome answer citations passages seconds tokens".split()
        )
        assert (record["id"], record["question"]) == (None, QUESTION)
        assert record["english"] == openai.replies["translate"]
        assert record["queries"] == openai.replies["rewrite"].split("\n")
        assert (record["outcome"], record["answer"]) == ("answered", ANSWER)
        [citation] = record["citations"]
        passage = citation.pop("passage")
        assert isinstance(passage, str)
        assert citation == {
            "n": 1,
            "document": "solar.pdf",
            "page": 1,
            "quote": "SOLAR has 48 layers.",
        }
        assert {tuple(passage) for passage in record["passages"]} == {
            ("rank", "document", "pages", "relevant")
        }
        assert record["passages"][0] == {
            "rank": 1,
            "document": "solar.pdf",
            "pages": [1, 2],
            "relevant": True,
        }
        steps = {"translate", "rewrite", "retrieve", "grade", "first_token", "total"}
        assert steps <= set(record["seconds"])
        assert set(record["tokens"]) == {"input", "output"}
        assert record["tokens"]["input"] > 0

    def test_json_tells_what_is_insufficient(self, openai: FakeOpenAI):
        openai.replies["grade"] = '{"sentences": []}'

        [record] = objects("ask", QUESTION, "--json")

        assert (record["outcome"], record["answer"]) == ("insufficient", INSUFFICIENT)
        assert record["citations"] == []
        assert not any(passage["relevant"] for passage in record["passages"])

    def test_a_file_of_questions_gives_a_line_each_in_order(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        path = question_file(
            tmp_path,
            {"id": "z", "question": QUESTION},
            {"id": "bad", "question": " "},
            {"id": "a", "question": "Gemma는?"},
        )

        records = objects("ask", "--questions", path, "--json")

        assert [(one["id"], one["outcome"]) for one in records] == [
            ("z", "answered"),
            ("bad", "error"),
            ("a", "answered"),
        ]
        assert set(records[1]) == {"id", "question", "outcome", "error"}
        assert "질문을 입력" in records[1]["error"]

    def test_a_file_of_questions_can_be_read_by_people(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(tmp_path, {"question": QUESTION}, {"question": " "})

        told = printed("ask", "--questions", path)

        assert f"Q. {QUESTION}\n{ANSWER}\n\n{SOURCE}\n" in told
        assert "오류: 질문을 입력" in told


@pytest.mark.usefixtures("home")
class TestSearch:
    def test_passages_are_shown_with_why_they_were_found(self, openai: FakeOpenAI):
        told = printed("search", "SOLAR layers", "--no-model")

        assert "Q. SOLAR layers\n영어: SOLAR layers\n" in told
        assert "1. solar.pdf 1, 2쪽" in told
        assert "bm25 1위" in told
        assert "SOLAR has 48 layers." in told

    def test_json_has_each_passages_text_and_legs(self, openai: FakeOpenAI):
        [record] = objects("search", QUESTION, "--json")

        assert (record["question"], record["english"]) == (QUESTION, openai.replies["translate"])
        assert {"id", "queries", "passages", "seconds"} < set(record)
        assert not {"answer", "outcome", "citations"} & set(record)
        best = record["passages"][0]
        assert {"rank", "document", "pages", "text", "legs"} <= set(best)
        assert (best["rank"], best["document"], best["pages"]) == (1, "solar.pdf", [1, 2])
        assert best["text"].startswith("SOLAR has 48 layers.")
        assert set(best["legs"]) == {"bm25", "vector"}
        assert set(best["legs"]["bm25"]) == {"rank", "score"}
        assert chat_tasks(openai) == ["translate"]

    def test_top_says_how_many_come_back(self, openai: FakeOpenAI):
        [record] = objects("search", "SOLAR", "--no-model", "--top", 2, "--json")

        assert [passage["rank"] for passage in record["passages"]] == [1, 2]

    @pytest.mark.parametrize(
        ("weight", "document"), [(1, "attention.pdf"), (0, "gemma.pdf")], ids=["words", "meaning"]
    )
    def test_weights_can_be_set(self, openai: FakeOpenAI, weight: int, document: str):
        arguments = ["teacher Gemma a is large", "--english", "Transformer", "--json"]

        [record] = objects("search", *arguments, "--bm25-weight", weight)

        assert record["passages"][0]["document"] == document

    def test_english_takes_the_place_of_the_translation(self, openai: FakeOpenAI):
        [record] = objects("search", "젬마?", "--english", "Gemma distillation", "--json")

        assert record["english"] == "Gemma distillation"
        assert record["passages"][0]["document"] == "gemma.pdf"
        assert chat_tasks(openai) == []

    def test_so_does_the_files(self, openai: FakeOpenAI, tmp_path: Path):
        path = question_file(
            tmp_path,
            {"id": 1, "question": "젬마?", "question_en": "Gemma distillation"},
            {"id": 2, "question": "솔라?", "question_en": "SOLAR layers"},
        )

        records = objects("search", "--questions", path, "--use-english", "--json")

        assert [(one["id"], one["passages"][0]["document"]) for one in records] == [
            (1, "gemma.pdf"),
            (2, "solar.pdf"),
        ]
        assert chat_tasks(openai) == []

    def test_the_files_english_is_left_alone_unless_asked_for(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        path = question_file(tmp_path, {"question": "젬마?", "question_en": "Gemma distillation"})

        [plain] = objects("search", "--questions", path, "--no-model", "--json")
        [translated] = objects("search", "--questions", path, "--json")

        assert plain["english"] == "젬마?"
        assert translated["english"] == openai.replies["translate"]
        assert chat_tasks(openai) == ["translate"]

    def test_no_model_needs_none(self, openai: FakeOpenAI, monkeypatch, no_packages):
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "embedded")

        [record] = objects("search", QUESTION, "--no-model", "--json")

        assert record["english"] == QUESTION
        assert chat_tasks(openai) == []


@pytest.mark.usefixtures("home")
class TestDocuments:
    def test_they_are_listed_with_their_figures(self):
        lines = printed("documents").splitlines()

        assert len(lines) == 4
        assert lines[2].startswith("준비됨  solar.pdf  2쪽  ")
        assert "1구절  SOLAR 10.7B: Depth Up-Scaling" in lines[2]
        assert lines[3].startswith("문서 3개, ")

    def test_json_has_an_object_each(self):
        listed = objects("documents", "--json")

        solar = listed[2]
        assert (solar["name"], solar["pages"], solar["passages"]) == ("solar.pdf", 2, 1)
        assert solar["title"] == "SOLAR 10.7B: Depth Up-Scaling"
        assert solar["tokens"] > 30
        assert solar["error"] is None

    def test_a_failed_one_tells_why(self, openai: FakeOpenAI, tmp_path: Path):
        (tmp_path / "empty.pdf").touch()
        assert munheon("index", tmp_path / "empty.pdf").exit_code == 1

        assert "실패  empty.pdf  0쪽  0토큰  0구절  빈 파일입니다." in printed("documents")


GOLD = {
    "question": QUESTION,
    "document": "solar.pdf",
    "pages": [1],
    "evidence": ["SOLAR has 48 layers."],
    "answer_must_include": [["48"]],
}


@pytest.mark.usefixtures("home")
class TestEval:
    def test_answers_are_scored(self, openai: FakeOpenAI, tmp_path: Path):
        unknown = {"question": "GPT-9는?", "document": None, "answer_must_include": []}
        path = question_file(tmp_path, GOLD, unknown)

        [figures] = objects("eval", path, "--json")

        assert (figures["right"], figures["refused"], figures["errors"]) == (1, 0, 0)
        assert figures["cited_document"] == figures["cited_page"] == 1
        assert "정답: 100.0%" in printed("eval", path)

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


def assert_told(result: Result, words: str) -> None:
    """The command ends with exit code 1 and one line that holds the words."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    [line] = [line for line in result.output.splitlines() if words in line]
    # A word on what is wrong in both languages.
    assert line.rstrip().endswith(")")


class TestBadInput:
    """Each gives one line and exit code 1."""

    @pytest.mark.parametrize(
        "command",
        [["ask", QUESTION], ["search", QUESTION], ["search", "SOLAR", "--no-model"], ["documents"]],
        ids=["ask", "search", "search without model", "documents"],
    )
    def test_nothing_indexed(self, openai: FakeOpenAI, command: list[str]):
        assert_told(munheon(*command), "munheon index")
        assert not Path("data").exists()

    @pytest.mark.parametrize(
        "command",
        [["ask", QUESTION], ["ask", QUESTION, "--json"], ["search", QUESTION], ["index", "."]],
        ids=["ask", "ask json", "search", "index"],
    )
    def test_no_model(self, home: Path, papers: Path, no_packages: None, command: list[str]):
        shutil.copy(papers / "solar.pdf", "extra.pdf")

        assert_told(munheon(*command), "OPENAI_API_KEY를 설정하거나 `make embedded`")

    @pytest.mark.parametrize("task", ["translate", "answer", "embed"])
    def test_a_wrong_key(self, home: Path, openai: FakeOpenAI, task: str):
        openai.always[task] = refuses(401)

        assert_told(munheon("ask", QUESTION), "API 키가 올바르지 않습니다")
        openai.always.clear()
        assert ANSWER in printed("ask", QUESTION)

    def test_a_wrong_key_while_indexing_loses_nothing(self, openai: FakeOpenAI, papers: Path):
        openai.always["embed"] = refuses(401)

        assert_told(munheon("index", papers), "API 키가 올바르지 않습니다")
        openai.always.clear()
        printed("index", papers)
        assert ANSWER in printed("ask", QUESTION)

    def test_embeddings_that_are_none_are_the_models_fault(self, openai: FakeOpenAI, papers: Path):
        openai.always["embed"] = sends_no_vectors

        assert_told(munheon("index", papers), "알아볼 수 없는 답")

    @pytest.mark.parametrize("task", ["translate", "embed"])
    def test_a_server_that_does_not_answer(
        self, home: Path, openai: FakeOpenAI, task: str, monkeypatch
    ):
        monkeypatch.setenv("MUNHEON_TIMEOUT", "0.2")
        openai.always[task] = says_nothing

        assert_told(munheon("ask", QUESTION), "제시간에 답하지 않았습니다")
        assert openai.count(task) == 3

    def test_a_server_that_is_not_there(self, home: Path, openai: FakeOpenAI):
        openai.close()

        assert_told(munheon("ask", QUESTION), "연결할 수 없습니다")

    @pytest.mark.parametrize("command", ["ask", "search"])
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("", "질문을 입력해"),
            ("  ", "질문을 입력해"),
            ("가" * 20_000, "20,000자"),
            ("그럼?", "자세히"),
        ],
        ids=["empty", "blank", "20,000 characters", "only then"],
    )
    def test_a_question_that_cannot_be_asked(
        self, home: Path, openai: FakeOpenAI, command: str, question: str, words: str
    ):
        result = munheon(command, question)

        assert_told(result, words)
        assert openai.requests == []

    def test_json_tells_it_as_an_object(self, home: Path, openai: FakeOpenAI):
        result = munheon("ask", "", "--json")

        assert result.exit_code == 1
        record = json.loads(result.stdout)
        assert (record["outcome"], set(record)) == (
            "error",
            {"id", "question", "outcome", "error"},
        )

    @pytest.mark.parametrize("command", [["ask"], ["search"], ["ask", "왜?", "--questions", "x"]])
    def test_a_question_and_a_file_or_neither(self, openai: FakeOpenAI, command: list[str]):
        assert_told(munheon(*command), "하나를 주세요")

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (None, "읽을 수 없습니다"),
            ("", "질문이 없습니다"),
            ('{"question": "왜?"}\n{"question', "2번째 줄"),
            ('{"id": 1}', "1번째 줄"),
        ],
        ids=["missing", "empty", "broken", "no question"],
    )
    @pytest.mark.parametrize(
        "command", [["ask", "--questions"], ["search", "--questions"], ["eval"]]
    )
    def test_a_broken_question_file(
        self, openai: FakeOpenAI, command: list[str], content: str | None, words: str
    ):
        if content is not None:
            Path("q.jsonl").write_text(content, "utf-8")

        assert_told(munheon(*command, "q.jsonl"), words)
        assert openai.requests == []

    def test_a_path_that_is_not_there(self, openai: FakeOpenAI, papers: Path):
        assert_told(munheon("index", papers, "missing.pdf"), "missing.pdf")

    def test_a_folder_without_papers(self, openai: FakeOpenAI, tmp_path: Path):
        (tmp_path / "none").mkdir()

        assert_told(munheon("index", tmp_path / "none"), "찾지 못했습니다")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("MUNHEON_TIMEOUT", "soon"),
            ("MUNHEON_GRADING", "never"),
            ("MUNHEON_CHAT_MODEL", "gpt-4o"),
            ("MUNHEON_EMBEDDING_MODEL", "e5"),
        ],
    )
    def test_a_setting_that_makes_no_sense(
        self, home: Path, openai: FakeOpenAI, monkeypatch, name: str, value: str
    ):
        monkeypatch.setenv(name, value)

        assert_told(munheon("ask", QUESTION), name)

    def test_a_model_file_that_is_not_there(self, home: Path, openai: FakeOpenAI, monkeypatch):
        pytest.importorskip("xllamacpp", reason="the embedded models are not installed")
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "/none/my.gguf")

        assert_told(munheon("ask", QUESTION), "/none/my.gguf")

    def test_a_library_of_other_embeddings(
        self, home: Path, openai: FakeOpenAI, papers: Path, monkeypatch
    ):
        monkeypatch.setenv("MUNHEON_EMBEDDING_MODEL", "openai:text-embedding-3-large")

        assert_told(munheon("ask", QUESTION), "MUNHEON_HOME")
        assert_told(munheon("index", papers), "MUNHEON_HOME")
