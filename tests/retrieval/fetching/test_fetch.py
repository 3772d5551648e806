"""Papers are fetched within limits, and from the public internet alone."""

import socket
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from retrieval.fetching.fetch import FetchLimits, fetch_paper
from retrieval.fetching.fetch_errors import FetchFailed
from retrieval.sources import WebAddress
from tests.retrieval.fetching.paper_server import (
    PDF,
    Exchange,
    PaperServer,
    read_figures,
    redirect,
    send,
)

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://10.1.2.3/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
]


@pytest.fixture
def fetch(server: PaperServer, tmp_path: Path) -> Any:
    return partial(fetch_paper, folder=tmp_path, check=server.check)


@pytest.fixture(autouse=True)
def known_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", read_figures)


def fail(fetch: Any, url: str, **given: Any) -> str:
    with pytest.raises(FetchFailed) as failed:
        fetch(WebAddress(url), **given)
    assert "\n" not in str(failed.value)
    return failed.value.key


def test_a_paper_is_fetched_under_the_name_that_its_server_gives(server: PaperServer, fetch: Any):
    named = "attachment; filename*=UTF-8''..%2F%EB%85%BC%EB%AC%B8%201.pdf"
    server.treatments["/get?id=7"] = send(200, PDF, Content_Disposition=named)
    told = []

    address, path = fetch(
        WebAddress(server.url("/get?id=7")), on_bytes=lambda *one: told.append(one)
    )

    assert path.read_bytes() == PDF
    assert address.name == "논문 1.pdf"
    assert str(address) == server.url("/get?id=7")
    assert told[-1] == (len(PDF), len(PDF))


def test_redirects_are_followed_and_checked_one_by_one(server: PaperServer, fetch: Any):
    server.treatments["/a"] = redirect("/b")
    server.treatments["/b"] = redirect(f"http://papers.test:{server.port}/c.pdf", 307)
    server.treatments["/c.pdf"] = send(200, PDF)

    address, _ = fetch(WebAddress(server.url("/a")))

    assert address.name == "c.pdf"
    assert server.asked[-1] == f"papers.test:{server.port}/c.pdf"


@pytest.mark.parametrize("location", PRIVATE)
def test_no_redirect_leads_into_a_private_network(location: str, server: PaperServer, fetch: Any):
    server.treatments["/a"] = redirect(location)

    assert fail(fetch, server.url("/a")) == "fetching.private_address"


@pytest.mark.parametrize("url", PRIVATE)
def test_no_private_address_is_asked(url: str, tmp_path: Path):
    assert fail(partial(fetch_paper, folder=tmp_path), url) == "fetching.private_address"


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ("ftp://papers.test/a.pdf", "fetching.no_address"),
        ("file:///etc/passwd", "fetching.no_address"),
        ("http://me:secret@papers.test/a.pdf", "fetching.has_login"),
        ("http://8.8.8.8:22/", "fetching.wrong_port"),
        ("http://[::1/", "fetching.no_address"),
        ("/a", "fetching.too_many_redirects"),
    ],
)
def test_other_redirects_are_refused(location: str, key: str, server: PaperServer, fetch: Any):
    server.treatments["/a"] = redirect(location)

    assert fail(fetch, server.url("/a")) == key
    assert len(server.asked) <= 6


def test_the_address_that_was_checked_is_the_one_that_is_reached(server: PaperServer, fetch: Any):
    """Nobody looks a name up a second time, when it might mean another machine."""
    server.treatments["/a.pdf"] = send(200, PDF)

    _, path = fetch(WebAddress(f"http://papers.test:{server.port}/a.pdf"))

    assert path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("treatment", "key"),
    [
        (send(200, b" <!DOCTYPE html><p>Log in"), "fetching.web_page"),
        (send(200, b"PK\3\4" + b"x" * 3_000), "fetching.not_pdf"),
        (send(200, b""), "fetching.not_pdf"),
        (send(200, b"x" * 2_000 + PDF), "fetching.not_pdf"),
        (send(404, b""), "fetching.not_found"),
        (send(403, b""), "fetching.refused"),
        (send(500, b""), "fetching.server_failed"),
        (send(206, PDF), "fetching.server_failed"),
        (send(200, PDF, length=len(PDF) + 10), "fetching.no_connection"),
        (send(200, PDF, length=10**15), "fetching.too_big"),
    ],
)
def test_what_is_no_paper_is_told(
    treatment: Any, key: str, server: PaperServer, fetch: Any, tmp_path: Path
):
    server.treatments["/a.pdf"] = treatment

    assert fail(fetch, server.url("/a.pdf")) == key
    assert list(tmp_path.iterdir()) == []


def test_what_fails_in_passing_is_tried_again(server: PaperServer, fetch: Any):
    replies = [send(503, b""), send(500, b""), send(200, PDF)]
    server.treatments["/a.pdf"] = lambda exchange: replies.pop(0)(exchange)

    _, path = fetch(WebAddress(server.url("/a.pdf")))

    assert path.read_bytes() == PDF


def test_a_file_that_does_not_say_its_size_is_measured(server: PaperServer, fetch: Any):
    server.treatments["/a.pdf"] = send(200, b"%PDF-1.7" + b"x" * 300_000, length=-1)

    limits = FetchLimits(megabytes=0.1)

    assert fail(fetch, server.url("/a.pdf"), limits=limits) == "fetching.too_big"


def trickle(exchange: Exchange) -> None:
    """Send headers and a beginning, then a byte now and then."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + PDF[:2_000])
    with suppress(OSError):  # whoever asked has left
        for _ in range(100):
            exchange.wfile.write(b"x")
            time.sleep(0.02)


def trickle_headers(exchange: Exchange) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    trickle(exchange)


@pytest.mark.parametrize("treatment", [trickle, trickle_headers])
def test_a_slow_server_is_left(treatment: Any, server: PaperServer, fetch: Any):
    server.treatments["/a.pdf"] = treatment
    started = time.monotonic()

    assert fail(fetch, server.url("/a.pdf"), limits=FetchLimits(total=0.2)) == "fetching.too_slow"
    assert time.monotonic() - started < 1.5


def test_a_download_can_be_stopped(server: PaperServer, fetch: Any):
    cancelled = Event()
    server.treatments["/a.pdf"] = trickle

    key = fail(
        fetch,
        server.url("/a.pdf"),
        cancelled=cancelled,
        on_bytes=lambda done, total: cancelled.set(),
    )

    assert key == "fetching.cancelled"


def test_a_server_that_is_not_there_is_named(server: PaperServer, fetch: Any):
    url = server.url("/a.pdf")
    server.close()

    assert fail(fetch, url) == "fetching.no_connection"


def test_a_proxy_of_the_environment_is_asked_for_public_addresses_alone(
    server: PaperServer, fetch: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{server.port}")
    server.treatments["http://8.8.8.8/a.pdf"] = send(200, PDF)

    _, path = fetch(WebAddress("http://8.8.8.8/a.pdf"))

    assert path.read_bytes() == PDF
    assert fail(fetch, "http://10.0.0.1/a.pdf") == "fetching.private_address"
