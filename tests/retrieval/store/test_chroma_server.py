"""The vectors on a server of `chroma run`: every library its own, seen by every process."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from retrieval.errors import NoVectors
from retrieval.ingest.removal import remove_documents
from retrieval.ingest.upkeep import compare_indexes
from retrieval.store.vectors import (
    SECONDS,
    VectorIndex,
    VectorSizeDiffers,
    VectorsUnreachable,
    _open_server,
)
from tests.e2e.library import free_port, wait_for
from tests.fakes import FakeEmbeddings
from tests.retrieval.desk import Desk

CHROMA = str(Path(sys.executable).with_name("chroma"))


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server of this folder, and its address."""
    port = free_port()
    command = [CHROMA, "run", "--path", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_for(lambda: httpx.get(f"{url}/api/v2/heartbeat").status_code == 200, seconds=60)
    return process, url


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server."""
    process, url = serve(tmp_path_factory.mktemp("server"))
    with process:
        yield url
        process.terminate()


def desk_at(folder: Path, url: str) -> Desk:
    """A library whose vectors are on the server."""
    folder.mkdir(exist_ok=True)
    return Desk(folder, url=url)


@pytest.fixture
def desk(tmp_path: Path, url: str) -> Desk:
    desk = desk_at(tmp_path / "one", url)
    desk.write("solar.pdf", "SOLAR has layers.")
    desk.write("tides.pdf", "Tides follow the moon.")
    desk.index()
    return desk


def test_what_is_indexed_is_found_and_agrees(desk: Desk):
    assert desk.found("moon tides")[0] == "Tides follow the moon."
    assert not (desk.home / "chroma").exists()
    assert all(one.is_complete for one in compare_indexes(desk.library, desk.open_vectors()))


def test_two_libraries_share_nothing_but_the_server(desk: Desk, tmp_path: Path, url: str):
    other = desk_at(tmp_path / "two", url)
    other.write("rain.pdf", "Rain falls on hills.")
    other.index()

    assert len(desk.vectors()) == 2
    assert other.found("moon tides") == ["Rain falls on hills."]
    remove_documents(
        other.library.list_documents(), library=other.library, vectors=other.open_vectors
    )
    assert len(desk.vectors()) == 2


def test_an_open_search_sees_what_is_indexed_meanwhile(desk: Desk):
    search = desk.open_search()
    search.find_passages(lexical=["rain"], semantic=["rain"], top=1)
    desk.write("rain.pdf", "Rain falls on hills.")
    desk.index()

    [hit] = search.find_passages(lexical=["rain"], semantic=["rain"], top=1)

    assert hit.passage.text == "Rain falls on hills."
    assert set(hit.legs) == {"bm25", "vector"}


def test_vectors_of_another_size_are_told_in_words(desk: Desk, url: str):
    class Shorter(FakeEmbeddings):
        SIZE = 8

    with pytest.raises(VectorSizeDiffers, match="--rebuild"):
        VectorIndex(desk.home, Shorter(), url=url).find_nearest([0.0] * 8, 1)


def test_a_library_whose_vectors_are_elsewhere_says_so_and_is_mended(desk: Desk):
    desk.url = None  # the setting was taken back: the folder holds none

    with pytest.raises(NoVectors, match="MUNHEON_CHROMA_URL"):
        desk.found("moon")
    assert set(desk.index().values()) == {"unchanged"}
    assert desk.found("moon tides")[0] == "Tides follow the moon."


def test_a_server_that_never_answers_is_not_waited_for(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("retrieval.store.vectors.SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(VectorsUnreachable, match=url):
            VectorIndex(tmp_path, FakeEmbeddings(), url=url)


def test_a_server_that_stops_answering_is_not_waited_for(desk: Desk, url: str):
    vectors = desk.open_vectors()
    assert vectors._client._server._session.timeout == httpx.Timeout(SECONDS)


def test_a_server_that_went_away_is_told_in_words(tmp_path: Path):
    process, url = serve(tmp_path / "server")
    with process:
        vectors = VectorIndex(tmp_path, FakeEmbeddings(), url=url)
        process.kill()

    with pytest.raises(VectorsUnreachable, match=url):
        vectors.list_ids()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1"])
@pytest.mark.parametrize("no_proxy", [None, "example.com"])
def test_a_server_on_this_machine_is_reached_past_any_proxy(
    url: str, monkeypatch: pytest.MonkeyPatch, proxy: str, no_proxy: str | None
):
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    if no_proxy:
        monkeypatch.setenv("no_proxy", no_proxy)

    client: Any = _open_server.__wrapped__(url)

    assert client.heartbeat() > 0
    assert os.environ.get("no_proxy") == no_proxy
    for one in (client, client._admin_client):  # each has connections of its own
        one._server._session.close()


def test_a_proxy_that_no_client_can_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    desk = desk_at(tmp_path / "far", "http://vectors.example:8000")

    with pytest.raises(VectorsUnreachable, match="socksio"):
        desk.open_vectors()
