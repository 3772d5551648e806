"""`munheon doctor` over broken machines: each fault is found and told with its remedy."""

import json
import os
import socket
import sqlite3
from importlib.metadata import version
from pathlib import Path

import pytest
from filelock import FileLock

from models.connect import discover
from models.connect.discover import find_local_models
from retrieval.ingest.lock import LOCK_FILE
from tests.fake_openai import FakeOpenAI
from tests.treatments import refuses
from tests.ui.command.commands import munheon
from ui.command.doctor.checks import chat_model, program, reading

KEY = "sk-doctor-secret-key"


@pytest.fixture(autouse=True)
def server(openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> FakeOpenAI:
    monkeypatch.setattr(discover, "USUAL_ADDRESSES", {"Ollama": "http://127.0.0.1:1"})
    find_local_models.cache_clear()
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return openai


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def examine(*arguments: object) -> dict[str, list[dict[str, str]]]:
    """What the doctor finds, by the name of the check."""
    result = munheon("doctor", "--json", *arguments)
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit | None), repr(result.exception)
    found: dict[str, list[dict[str, str]]] = {}
    for row in json.loads(result.stdout)["findings"]:
        found.setdefault(row["name"], []).append(row)
    is_wrong = any(row["state"] == "error" for rows in found.values() for row in rows)
    assert result.exit_code == int(is_wrong)
    return found


def find_wrong(*arguments: object) -> dict[str, str]:
    """What is not well, by the name of the check: how bad it is and all that is told of it."""
    return {
        name: f"{row['state']}: {row['detail']} → {row['remedy']}"
        for name, rows in examine(*arguments).items()
        for row in rows
        if row["state"] != "ok"
    }


@pytest.mark.usefixtures("home")
class TestWhole:
    def test_a_whole_library_is_well(self, free_port: int):
        result = munheon("doctor", "--port", free_port)

        lines = result.stdout.splitlines()
        assert result.exit_code == 0, result.output
        assert any(line.startswith("○ 채팅 모델: openai:gpt-4o-mini") for line in lines)
        assert any(line.startswith("○ 벡터: chroma에 3개") for line in lines)
        assert lines[-1].endswith("오류 0.")

    def test_no_secret_is_told(self, server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch):
        home = Path(os.environ["MUNHEON_HOME"]).parent
        monkeypatch.setenv("HOME", str(home))
        server.always["check"] = lambda exchange: exchange.send(
            json.dumps({"error": {"message": f"Incorrect key {KEY} in /home/mina/x"}}), status=400
        )

        result = munheon("doctor", "--json")

        assert KEY not in result.output
        assert str(home) not in result.output
        assert "mina" not in result.output
        assert "~/data" in result.output

    def test_the_report_names_version_and_platform(self):
        report = json.loads(munheon("doctor", "--json").stdout)

        assert report["version"] == version("munheon")
        assert set(report) == {"version", "platform", "findings"}
        assert set(report["findings"][0]) == {"name", "state", "detail", "remedy"}

    def test_offline_nobody_is_asked(self, server: FakeOpenAI):
        examine("--offline")

        assert server.requests == []


@pytest.mark.usefixtures("home")
class TestModels:
    def test_a_wrong_key_is_found(self, server: FakeOpenAI):
        server.always["check"] = server.always["embed"] = refuses(401)

        wrong = find_wrong()

        assert "API 키가 올바르지 않습니다 → OPENAI_API_KEY" in wrong["chat_model"]
        assert "API 키가 올바르지 않습니다 → OPENAI_API_KEY" in wrong["embedding_model"]

    def test_a_server_that_is_not_there_is_found(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("models.tries.FIRST_WAIT", 0.001)
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")

        assert "연결할 수 없습니다" in find_wrong()["chat_model"]

    def test_a_server_that_hangs_is_found(
        self, server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(chat_model, "CALL_SECONDS", 0.2)
        server.always["check"] = lambda exchange: exchange.wait(30)

        assert "0.2초 안에 답하지 않음" in find_wrong()["chat_model"]

    def test_vectors_of_another_size_are_found(self, server: FakeOpenAI):
        class Shorter(type(server.embeddings)):  # type: ignore[misc]
            SIZE = 512

        server.embeddings = Shorter()

        assert "1024에서 512" in find_wrong()["embedding_model"]

    def test_no_model_at_all_is_found(self, no_packages: None, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("OPENAI_API_KEY")
        monkeypatch.delenv("OPENAI_BASE_URL")
        find_local_models.cache_clear()

        assert "쓸 수 있는 모델이 없습니다" in find_wrong()["chat_model"]

    def test_a_gguf_that_is_none_is_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(chat_model, "RUNTIME", "pass")
        path = tmp_path / "model.gguf"
        path.write_text("none")
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", str(path))

        assert "GGUF 파일이 아님" in find_wrong()["chat_model"]

    def test_a_runtime_that_dies_on_this_processor_is_found(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(chat_model, "RUNTIME", "import os; os.kill(os.getpid(), 4)")
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "embedded")

        assert "시그널 4" in find_wrong()["chat_model"]


class TestLibrary:
    def test_without_documents_it_says_how_to_add_them(self):
        assert "munheon index" in find_wrong()["documents"]

    def test_a_damaged_database_is_found(self, home: Path):
        with (home / "library.db").open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 8192)

        assert find_wrong()["databases"].startswith("error: library.db을(를) 읽을 수 없음")

    def test_one_fault_is_told_once(self, home: Path):
        (home / "library.db").write_bytes(b"no database at all" * 1000)

        told = [row["detail"] for rows in examine("--offline").values() for row in rows]

        assert len([one for one in told if "library.db" in one]) == 2

    def test_a_database_that_cannot_be_opened_is_not_called_damaged(self, home: Path):
        (home / "chats.db").mkdir()

        wrong = find_wrong("--offline")["databases"]
        assert "열 수 없음" in wrong
        assert "옮기면" not in wrong

    def test_every_other_database_is_looked_at(self, home: Path):
        (home / "chats.db").write_bytes(b"no database at all" * 100)
        sqlite3.connect(home / "accounts.db").close()

        assert "chats.db" in find_wrong()["databases"]

    def test_vectors_that_are_gone_are_found(self, home: Path):
        with sqlite3.connect(home / "library.db") as connection:
            connection.execute(
                "DELETE FROM windows WHERE passage = (SELECT min(passage) FROM windows)"
            )
        connection.close()

        wrong = find_wrong()["vectors"]
        assert wrong.startswith("error: chroma에 3개, 1개 모자람")
        assert "munheon index" in wrong

    def test_a_folder_of_vectors_that_is_gone_is_found(self, home: Path):
        (home / "chroma").rename(home / "elsewhere")

        assert "문서의 벡터가 없습니다" in find_wrong()["vectors"]
        assert not (home / "chroma").exists()

    def test_failed_and_unfinished_documents_are_named(self, home: Path):
        with sqlite3.connect(home / "library.db") as connection:
            connection.execute("UPDATE documents SET state = 'failed' WHERE name = 'solar.pdf'")
            connection.execute("UPDATE documents SET state = 'parsed' WHERE name = 'gemma.pdf'")
        connection.close()

        told = [row["detail"] for row in examine()["documents"]]
        assert [one for one in told if "solar.pdf" in one and "읽지 못함" in one]
        assert [one for one in told if "gemma.pdf" in one and "색인하다 만" in one]

    def test_other_settings_than_it_was_made_with_are_found(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_EMBEDDING_MODEL", "openai:text-embedding-3-large")

        assert "munheon index --rebuild" in find_wrong()["made_with"]

    def test_who_writes_to_it_is_told(self, home: Path):
        with FileLock(home / LOCK_FILE):
            wrong = find_wrong()["lock"]

        assert f"PID {os.getpid()}" in wrong or not Path("/proc/locks").exists()

    def test_a_chroma_server_that_is_not_there_is_found(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_CHROMA_URL", "http://127.0.0.1:1")

        assert "벡터 색인(http://127.0.0.1:1)을 열 수 없습니다" in find_wrong()["vectors"]

    def test_a_folder_that_is_a_file_is_found(self, tmp_path: Path):
        (tmp_path / "data").write_text("a file")

        assert "쓸 수 없음" in find_wrong("--offline")["home"]


class TestSettings:
    def test_settings_that_make_no_sense_are_told_and_the_rest_is_examined(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_TIMEOUT", "soon")
        monkeypatch.setenv("MUNHEON_PROFILE", "weak")

        found = examine()

        assert "MUNHEON_TIMEOUT, MUNHEON_PROFILE" in found["settings"][0]["detail"]
        assert found["documents"][0]["state"] == "ok"

    def test_a_broken_env_file_is_told(self):
        Path(".env").write_text("MUNHEON_TIMEOUT=5\nwhat is this\n", "utf-8")

        assert ".env 2번째 줄" in find_wrong("--offline")["settings"]

    def test_a_misspelt_setting_is_told(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("MUNHEON_CHATMODEL", "embedded")

        assert "MUNHEON_CHATMODEL" in find_wrong("--offline")["settings"]


class TestMachine:
    def test_a_taken_port_is_told_with_who_has_it(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            wrong = find_wrong("--offline", "--port", port)["port"]

        assert f"{port}은(는) 이미 쓰이고 있음" in wrong
        assert f"PID {os.getpid()}" in wrong or not Path("/proc/net/tcp").exists()

    def test_a_package_that_is_too_old_is_found(self, monkeypatch: pytest.MonkeyPatch):
        real = program.version
        monkeypatch.setattr(
            program, "version", lambda name: "1.0" if name == "chainlit" else real(name)
        )

        assert "chainlit 1.0 (>=" in find_wrong("--offline")["packages"]

    def test_without_tesseract_it_says_how_to_install_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("PATH", str(tmp_path))

        assert "apt install tesseract-ocr" in find_wrong("--offline")["tesseract"]

    def test_without_korean_recognition_it_is_named(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(reading.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(reading, "_run", lambda *command: "tesseract 5.3.0")
        monkeypatch.setattr(reading, "list_languages", lambda: ["eng"])

        assert "없는 언어: kor" in find_wrong("--offline")["tesseract"]

    def test_a_proxy_that_catches_local_servers_is_found(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://192.168.0.7:1234/v1")

        assert "NO_PROXY=192.168.0.7" in find_wrong("--offline")["proxies"]

    def test_a_clock_that_lies_behind_what_was_written_is_found(self, home: Path):
        os.utime(home / "library.db", (4e9, 4e9))

        assert "시계가 늦습니다" in find_wrong("--offline")["clock"]

    def test_too_little_memory_for_the_embedded_model_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        rows = tmp_path / "meminfo"
        rows.write_text("MemTotal: 4000000 kB\nMemAvailable: 900000 kB\n")
        monkeypatch.setattr("ui.command.doctor.checks.machine.MEMORY", rows)
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "embedded")
        monkeypatch.setattr(chat_model, "RUNTIME", "pass")

        assert "빈 메모리 0.9 GB" in find_wrong("--offline")["memory"]


def test_a_check_has_a_remedy_wherever_something_is_wrong():
    for rows in examine("--offline").values():
        assert all(row["remedy"] for row in rows if row["state"] != "ok")
