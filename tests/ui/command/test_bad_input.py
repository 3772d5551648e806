"""What a person can mend is one line, and loses nothing."""

import json
import shutil
from pathlib import Path

import pytest

from tests.fake_openai import FakeOpenAI
from tests.treatments import refuses, says_nothing, sends_no_vectors
from tests.ui.command.commands import ANSWER, QUESTION, assert_told, munheon, printed


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

        assert_told(munheon(*command), "OPENAI_API_KEY를 설정하거나, Ollama")

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

        assert_told(munheon("index", papers), "벡터는 0개")

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
            ("MUNHEON_PROFILE", "never"),
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

        assert_told(munheon("ask", QUESTION), "--rebuild")
        assert_told(munheon("index", papers), "--rebuild")


def test_an_empty_path_is_not_this_folder(papers: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(papers)

    assert_told(munheon("index", ""), "빈 경로")


def test_a_path_that_no_file_system_takes_is_told():
    assert_told(munheon("index", "x" * 5000), "경로")


@pytest.mark.parametrize(
    "options",
    [("--retry", "--verify"), ("--verify", "--json"), ("--remove", "x", "--retry"), ("--yes",)],
)
def test_options_of_documents_that_do_not_go_together_are_told(options: tuple[str, ...]):
    assert_told(munheon("documents", *options), "함께 쓸 수 없습니다")


def test_a_weight_that_is_no_number_is_told(home: Path):
    assert_told(munheon("search", "--no-model", "--bm25-weight", "nan", "x"), "0에서 1")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_is_no_utf8_is_told(home: Path, openai: FakeOpenAI, command: str):
    assert_told(munheon(command, "d_ff \udcff"), "질문이 UTF-8이 아닙니다")


@pytest.mark.parametrize("line", ['{"question": "d_ff \\ud800?"}', "[" * 100_000])
def test_a_line_that_is_no_question_is_named(
    home: Path, openai: FakeOpenAI, tmp_path: Path, line: str
):
    file = tmp_path / "questions.jsonl"
    file.write_text(line, "utf-8")

    assert_told(
        munheon("search", "--questions", file, "--no-model"), "1번째 줄이 올바르지 않습니다"
    )


def test_a_question_file_in_another_encoding_says_what_to_do(openai: FakeOpenAI, tmp_path: Path):
    (tmp_path / "questions.jsonl").write_bytes('{"question": "층은?"}'.encode("cp949"))

    assert_told(munheon("ask", "--questions", tmp_path / "questions.jsonl"), "UTF-8로 저장")


def test_an_address_that_is_none_is_told(
    home: Path, openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:18741:foo")

    assert_told(munheon("ask", QUESTION), "포트가 숫자가 아님")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "socks5://127.0.0.1:1080"), ("HTTPS_PROXY", "socks9://y")],
)
class TestProxies:
    def test_one_that_no_client_knows_is_told(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ):
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example/v1")
        monkeypatch.setenv(name, value)

        assert_told(munheon("ask", QUESTION), f"환경 변수 {name}의 프록시")

    def test_a_server_on_this_machine_is_reached_all_the_same(
        self,
        home: Path,
        openai: FakeOpenAI,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        value: str,
    ):
        monkeypatch.setenv(name, value)

        assert ANSWER in printed("ask", QUESTION)


def test_a_file_whose_name_is_no_utf8_is_indexed_with_the_others(
    openai: FakeOpenAI, papers: Path, tmp_path: Path
):
    folder = tmp_path / "mixed"
    folder.mkdir()
    shutil.copy(papers / "solar.pdf", folder / "good.pdf")
    shutil.copy(papers / "gemma.pdf", folder / "bad\udcff.pdf")

    result = munheon("index", folder)

    assert result.exit_code == 0
    assert "추가됨  good.pdf" in result.output
    assert "추가됨  bad?.pdf" in result.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MUNHEON_HOME='/tmp/x\n", ".env 2번째 줄이 올바르지 않습니다"),
        ("OPENAI_API_KEY=a\0b\n", ".env를 읽을 수 없습니다"),
    ],
)
def test_an_env_that_says_nothing_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, told: str
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"# settings\n{text}", "utf-8")

    assert_told(munheon("documents"), told)


def test_a_page_that_cannot_be_written_is_told_before_anything_is_measured(
    home: Path, openai: FakeOpenAI, tmp_path: Path
):
    assert_told(munheon("eval", "missing.jsonl", "--html", tmp_path), "missing.jsonl")
