"""Downloads that go wrong: told in words, with nothing lost that is worth keeping."""

import errno
import shutil
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from filelock import FileLock

from models.downloads.download import download_model
from models.downloads.download_errors import DownloadFailed
from models.errors import WrongProxy
from tests.models.file_server import (
    CONTENT,
    HALF,
    FileServer,
    hang_up,
    send_damaged,
    send_page,
    send_part,
    send_status,
)


class TestFaults:
    def test_a_dead_connection_is_given_up_and_can_be_resumed(self, server: FileServer):
        server.faults = [send_part]
        server.always = hang_up

        with pytest.raises(DownloadFailed, match=r"이어받습니다.*run it again to resume"):
            download_model(server.model())

        assert len(server.ranges) == 4
        assert server.part.read_bytes() == CONTENT[:HALF]

    def test_no_network_is_told_after_a_few_tries(self, server: FileServer):
        server.close()
        lines: list[str] = []

        with pytest.raises(DownloadFailed, match=r"127\.0\.0\.1에 연결할 수 없거나"):
            download_model(server.model(), on_line=lines.append)

        assert len(lines) == 3

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_is_asked_again(self, server: FileServer, status: int):
        server.faults = [send_status(status)]

        assert download_model(server.model()).read_bytes() == CONTENT

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (403, r"내주지 않습니다\(HTTP 403\)"),
            (404, r"서버에 없습니다\(HTTP 404\)"),
            (418, r"HTTP 418 오류로 답했습니다"),
        ],
    )
    def test_a_refusal_is_told_at_once(self, server: FileServer, status: int, words: str):
        server.always = send_status(status)

        with pytest.raises(DownloadFailed, match=words):
            download_model(server.model())

        assert len(server.ranges) == 1

    def test_a_server_that_stays_busy_is_told(self, server: FileServer):
        server.always = send_status(503)

        with pytest.raises(DownloadFailed, match=r"HTTP 503 오류.*try again later"):
            download_model(server.model())

    def test_the_login_page_of_a_network_is_no_file(self, server: FileServer):
        server.part.write_bytes(CONTENT[:HALF])
        server.always = send_page

        with pytest.raises(DownloadFailed, match="login page"):
            download_model(server.model())

        assert server.part.read_bytes() == CONTENT[:HALF]

    def test_a_file_of_another_length_is_not_fetched(self, server: FileServer):
        with pytest.raises(DownloadFailed, match="모델 파일이 아닌 것"):
            download_model(server.model(size=len(CONTENT) + 1))

        assert server.left_over() == set()

    def test_a_wrong_content_is_deleted(self, server: FileServer):
        server.faults = [send_damaged]

        with pytest.raises(DownloadFailed, match="Wrong checksum"):
            download_model(server.model())

        assert server.left_over() == set()
        assert download_model(server.model()).read_bytes() == CONTENT

    def test_a_part_that_is_too_long_is_deleted(self, server: FileServer):
        server.part.write_bytes(CONTENT + b"more")

        with pytest.raises(DownloadFailed, match="Wrong checksum"):
            download_model(server.model())

        assert server.left_over() == set()

    def test_a_proxy_that_no_client_can_use_is_told(
        self, server: FileServer, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")

        with pytest.raises(WrongProxy, match="환경 변수 ALL_PROXY의"):
            download_model(replace(server.model(), url="https://files.example/model.gguf"))

        assert server.ranges == []


class TestDisk:
    def test_a_file_without_room_is_not_begun(
        self, server: FileServer, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))

        with pytest.raises(DownloadFailed, match=r"디스크 공간이 모자랍니다.*Not enough disk"):
            download_model(server.model())

        assert server.ranges == []

    def test_a_disk_that_fills_up_keeps_what_it_has(
        self, server: FileServer, monkeypatch: pytest.MonkeyPatch
    ):
        def fill(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("models.downloads.download.os.fsync", fill)

        with pytest.raises(DownloadFailed, match=r"디스크가 가득 찼습니다.*run it again"):
            download_model(server.model())

        assert server.left_over() == {"model.gguf.part"}

    def test_a_folder_that_cannot_be_written_is_told(self, server: FileServer):
        folder = server.model().path.parent
        folder.parent.mkdir(parents=True)
        folder.write_text("no folder")

        with pytest.raises(DownloadFailed, match="파일을 쓸 수 없습니다"):
            download_model(server.model())

    def test_two_at_once_are_one_too_many(self, server: FileServer):
        server.model().path.parent.mkdir(parents=True)
        with FileLock(f"{server.model().path}.lock"):
            began = time.monotonic()
            with pytest.raises(DownloadFailed, match="이미 내려받고 있습니다"):
                download_model(server.model())

        assert time.monotonic() - began < 5
        assert server.ranges == []
