"""`munheon models` and its subcommands, over real HTTP."""

import io
import sys
from collections.abc import Iterator
from dataclasses import asdict
from types import SimpleNamespace

import pytest

from graph.trial.tasks import TASKS
from language.catalogue import Text
from models.connect import discover
from models.connect.discover import find_local_models
from models.downloads import download
from models.downloads.downloadable import DownloadableModel
from tests.models.file_server import CONTENT, FileServer, send_part, send_status
from tests.servers import habits
from tests.servers.able import AbleServer
from tests.treatments import refuses
from tests.ui.command.commands import assert_told, munheon, objects, printed
from ui.command import downloading
from ui.command.downloading import show_download


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server of the one model that is in the list."""
    monkeypatch.setattr(download, "RETRY_SECONDS", (0.0,))
    server = FileServer()
    row = {name: str(value) for name, value in asdict(server.model()).items()}
    monkeypatch.setattr("models.downloads.downloadable.read_table", lambda name, package: [row])
    yield server
    server.close()


@pytest.fixture
def model(server: FileServer) -> DownloadableModel:
    return server.model()


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch, no_packages: None) -> Iterator[AbleServer]:
    """A server that the environment names, with one model; no other is on this machine."""
    monkeypatch.setattr(discover, "USUAL_ADDRESSES", {"Ollama": "http://127.0.0.1:1"})
    find_local_models.cache_clear()
    server = AbleServer()
    server.lists["/v1/models"] = {"data": [{"id": "house-7b", "max_model_len": 32_768}]}
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    yield server
    server.close()
    find_local_models.cache_clear()


class TestReachable:
    def test_each_is_shown_with_what_names_it(self, able: AbleServer):
        head, row, note = printed("models").splitlines()

        assert "MUNHEON_CHAT_MODEL" in head
        assert row.split()[:2] == ["*", "openai:house-7b"]
        assert "7B" in row
        assert "32,768토큰" in row
        assert "처음 쓸 때 시험" in row
        assert note.startswith("* 지금 설정으로 쓰는 모델")
        assert able.requests == []

    def test_as_json_too(self, able: AbleServer):
        [row] = objects("models", "--json")

        assert (row["name"], row["billions"], row["window"]) == ("openai:house-7b", 7.0, 32_768)
        assert (row["chosen"], row["measured"], row["profile"]) == (True, False, None)

    def test_one_that_is_set_and_not_listed_is_shown_with_its_address(
        self, able: AbleServer, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_CHAT_MODEL", "openai:unlisted")

        row = printed("models").splitlines()[1]
        first, _ = objects("models", "--json")

        assert able.base_url in row
        assert (first["name"], first["base_url"]) == ("openai:unlisted", able.base_url)

    def test_where_there_is_none_it_is_told(
        self, no_packages: None, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(discover, "USUAL_ADDRESSES", {"Ollama": "http://127.0.0.1:1"})
        find_local_models.cache_clear()

        assert_told(munheon("models"), "쓸 수 있는 모델이 없습니다")


class TestTrial:
    def test_what_it_shows_is_printed_and_kept(self, able: AbleServer):
        able.always["chat"] = habits.refuses_objects

        lines = printed("models", "test").splitlines()

        assert "house-7b" in lines[0]
        assert sum("됨" in line for line in lines) == len(TASKS)
        assert "구조화된 답: 글 속의 JSON" in lines
        assert "받지 않는 매개변수: 없음" in lines
        assert lines[-1].startswith("→ strong 방식으로 씁니다")
        [row] = objects("models", "--json")
        assert (row["profile"], row["measured"]) == ("strong", True)

    def test_as_json_too(self, able: AbleServer):
        able.replies["translate"] = "How deep is it?"

        [row] = objects("models", "test", "--json")

        assert row["profile"] == "small"
        assert row["tasks"] == {task.name: task.name != "translate" for task in TASKS}
        assert (row["structure"], row["refused"], row["thinks"]) == ("schema", [], False)

    def test_a_server_that_refuses_the_key_is_told(self, able: AbleServer):
        able.always["chat"] = refuses(401)

        assert_told(munheon("models", "test"), "API 키가 올바르지 않습니다")


class TestList:
    def test_without_a_name_the_list_is_shown(self, server: FileServer):
        head, row = printed("models", "download").splitlines()

        assert head.split() == ["이름", "크기", "메모리", "라이선스", "상태"]
        assert row.split() == ["tiny", "0.0", "GB", "1.5", "GB", "MIT"]
        assert server.ranges == []

    def test_what_is_there_is_marked(self, server: FileServer):
        printed("models", "download", "tiny")

        assert printed("models", "download").endswith("받음\n")

    def test_an_unknown_name_is_told_with_the_list(self, server: FileServer):
        assert_told(munheon("models", "download", "huge"), "다음 가운데 하나를 쓰세요: tiny.")


class TestDownload:
    def test_the_file_is_fetched_and_its_use_is_told(
        self, server: FileServer, model: DownloadableModel
    ):
        told = printed("models", "download", "tiny").splitlines()

        assert model.path.read_bytes() == CONTENT
        assert told[0] == f"내려받았습니다: {model.path}"
        assert "메모리가 약 1.5 GB 듭니다" in told[1]
        assert told[2] == f"MUNHEON_CHAT_MODEL={model.path}"

    def test_a_second_call_says_that_it_is_there(
        self, server: FileServer, model: DownloadableModel
    ):
        printed("models", "download", "tiny")

        assert printed("models", "download", "tiny").startswith(
            f"이미 받아 두었습니다: {model.path}\n"
        )
        assert len(server.ranges) == 1

    def test_passing_lines_go_to_standard_error(self, server: FileServer):
        server.faults = [send_part]

        result = munheon("models", "download", "tiny")

        assert result.stderr.splitlines() == [
            "연결이 끊겨 다시 시도하는 중…",
            "받은 파일을 확인하는 중…",
        ]

    def test_a_fault_is_told_in_one_line(self, server: FileServer):
        server.always = send_status(404)

        assert_told(munheon("models", "download", "tiny"), "서버에 없습니다(HTTP 404)")

    def test_ctrl_c_says_how_to_go_on(
        self, server: FileServer, model: DownloadableModel, monkeypatch: pytest.MonkeyPatch
    ):
        def interrupt(self: object, done: int, total: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(downloading._Lines, "show", interrupt)

        assert_told(munheon("models", "download", "tiny"), "다시 실행하면 받은 데부터 이어받습니다")
        assert not model.path.exists()


class TestProgress:
    def test_lines_tell_size_share_and_time_left(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("ui.command.progress.LINE_SECONDS", 0)
        ticks = iter([100.0, 110.0, 130.0])
        clock = SimpleNamespace(monotonic=lambda: next(ticks))
        monkeypatch.setattr(downloading, "time", clock)

        with show_download() as display:
            display.show(1_000_000_000, 4_000_000_000)
            display.show(2_000_000_000, 4_000_000_000)
            display.show(4_000_000_000, 4_000_000_000)

        assert capsys.readouterr().err.splitlines() == [
            "내려받기 1.0 GB/4.0 GB (25%)",
            "내려받기 2.0 GB/4.0 GB (50%), 남은 시간 약 20초",
            "내려받기 4.0 GB/4.0 GB (100%)",
        ]

    def test_a_terminal_gets_a_bar(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(sys, "stderr", terminal := Terminal())
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "120")

        with show_download() as display:
            display.note(Text("downloads.trying_again"))
            display.show(1_000_000_000, 4_000_000_000)
            display.show(2_000_000_000, 4_000_000_000)
            display.note(Text("downloads.checking"))

        assert "50%" in terminal.getvalue()
        assert "받은 파일을 확인하는 중…" in terminal.getvalue()
