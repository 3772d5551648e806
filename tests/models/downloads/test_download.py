"""Downloads: whole, resumed where they broke off, over real HTTP."""

from dataclasses import replace

import pytest

from language.catalogue import Text
from models.downloads.download import download_model
from tests.models.file_server import (
    CONTENT,
    HALF,
    FileServer,
    redirect,
    send_part,
    send_unmeasured_part,
    send_whole,
)


class TestWhole:
    def test_a_file_is_fetched_with_its_progress(self, server: FileServer):
        steps: list[tuple[int, int]] = []

        path = download_model(server.model(), on_bytes=lambda *step: steps.append(step))

        assert path.read_bytes() == CONTENT
        assert server.left_over() == {"model.gguf"}
        assert steps[-1] == (len(CONTENT), len(CONTENT))
        assert steps == sorted(steps)

    def test_a_file_that_is_there_is_not_fetched_again(self, server: FileServer):
        download_model(server.model())

        assert download_model(server.model()).read_bytes() == CONTENT
        assert len(server.ranges) == 1

    def test_a_file_of_another_length_is_fetched_anew(self, server: FileServer):
        path = server.model().path
        path.parent.mkdir(parents=True)
        path.write_bytes(CONTENT[:100])

        assert download_model(server.model()).read_bytes() == CONTENT

    def test_a_redirect_is_followed(self, server: FileServer):
        server.faults = [redirect]

        assert download_model(server.model()).read_bytes() == CONTENT

    def test_a_proxy_of_the_environment_is_used(
        self, server: FileServer, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setenv("HTTP_PROXY", server.url)

        path = download_model(replace(server.model(), url="http://files.example/model.gguf"))

        assert path.read_bytes() == CONTENT


class TestResuming:
    def test_a_broken_connection_is_taken_up_where_it_broke(self, server: FileServer):
        server.faults = [send_part]
        lines: list[Text] = []

        assert download_model(server.model(), on_line=lines.append).read_bytes() == CONTENT
        assert server.ranges == ["bytes=0-", f"bytes={HALF}-"]
        assert "연결이 끊겨 다시 시도하는 중" in [line.write("ko") for line in lines]

    def test_a_reply_without_a_length_that_ends_early_is_taken_up(self, server: FileServer):
        server.faults = [send_unmeasured_part]

        assert download_model(server.model()).read_bytes() == CONTENT
        assert server.ranges == ["bytes=0-", f"bytes={HALF}-"]

    def test_a_redirect_keeps_the_range(self, server: FileServer):
        server.part.write_bytes(CONTENT[:HALF])
        server.faults = [redirect]

        assert download_model(server.model()).read_bytes() == CONTENT
        assert server.ranges == [f"bytes={HALF}-"] * 2

    def test_tries_are_not_counted_while_more_comes(self, server: FileServer):
        server.faults = [send_part] * 8

        assert download_model(server.model()).read_bytes() == CONTENT
        assert len(server.ranges) == 9

    def test_a_server_without_ranges_sends_it_from_the_start(self, server: FileServer):
        server.part.write_bytes(b"old" * 1_000)
        server.always = send_whole

        assert download_model(server.model()).read_bytes() == CONTENT

    def test_ctrl_c_leaves_what_is_there_for_the_next_run(self, server: FileServer):
        def interrupt(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            download_model(server.model(), on_bytes=interrupt)

        kept = server.part.stat().st_size
        assert 0 < kept < len(CONTENT)
        assert server.left_over() == {"model.gguf.part"}
        assert download_model(server.model()).read_bytes() == CONTENT
        assert server.ranges[-1] == f"bytes={kept}-"

    def test_a_part_with_nothing_left_to_fetch_is_checked(self, server: FileServer):
        server.part.write_bytes(CONTENT)

        assert download_model(server.model()).read_bytes() == CONTENT
        assert server.ranges == []
