"""`munheon models download`, over real HTTP."""

import io
import sys
from collections.abc import Iterator
from dataclasses import asdict
from types import SimpleNamespace

import pytest

from models import download
from models.downloadable import DownloadableModel
from tests.models.file_server import CONTENT, FileServer, send_part, send_status
from tests.ui.command.commands import assert_told, munheon, printed
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
    monkeypatch.setattr("models.downloadable.read_table", lambda name, package: [row])
    yield server
    server.close()


@pytest.fixture
def model(server: FileServer) -> DownloadableModel:
    return server.model()


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
            display.note("연결하는 중")
            display.show(1_000_000_000, 4_000_000_000)
            display.show(2_000_000_000, 4_000_000_000)
            display.note("확인하는 중")

        assert "50%" in terminal.getvalue()
        assert "확인하는 중…" in terminal.getvalue()
