"""A server on a loopback port that sends papers, and all that is sent in their place."""

import _socket
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from retrieval.fetching.host_check import find_public_addresses

PDF = b"%PDF-1.7\n" + b"x" * 5_000

Treatment = Callable[["Exchange"], None]


class PaperServer:
    """Treats each path in its own way; what is not known is not found."""

    def __init__(self) -> None:
        self.treatments: dict[str, Treatment] = {}
        self.asked: list[str] = []
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.papers = self
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def check(self, host: str, port: int) -> Sequence[str]:
        """The real check, for all but this server."""
        if (host, port) in {("127.0.0.1", self.port), ("papers.test", self.port)}:
            return ["127.0.0.1"]
        return find_public_addresses(host, port)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    papers: PaperServer


class Exchange(BaseHTTPRequestHandler):
    """One request and its reply."""

    server: _Server

    def do_GET(self) -> None:
        self.server.papers.asked.append(f"{self.headers['Host']}{self.path}")
        self.server.papers.treatments.get(self.path, lambda one: one.send(404, b""))(self)

    def send(self, status: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length != -1:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def send(status: int, body: bytes, **given: object) -> Treatment:
    return lambda exchange: exchange.send(status, body, **given)


def redirect(location: str, status: int = 302) -> Treatment:
    return lambda exchange: exchange.send(status, b"", Location=location)


def read_figures(host: str, port: int, *args: int, **kwargs: int) -> Any:
    """Read an address in figures, however it is written; no name is looked up but localhost."""
    flags = 0 if host == "localhost" else socket.AI_NUMERICHOST
    return _socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)


@contextmanager
def play_internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperServer]:
    """A server that is the proxy of the environment; its treatments go by whole addresses."""
    monkeypatch.setattr("socket.getaddrinfo", read_figures)
    server = PaperServer()
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    try:
        yield server
    finally:
        server.close()
