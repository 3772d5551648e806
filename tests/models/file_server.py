"""A server of one file on a loopback port, which can go wrong in the ways that servers do."""

from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from models.downloads.downloadable import DownloadableModel

CONTENT = bytes(range(256)) * 1_000
HALF = len(CONTENT) // 2

# How the server answers one request.
Treatment = Callable[["Exchange"], None]


class FileServer:
    """Serves CONTENT, with ranges; `faults` are used up one a request, `always` is for all."""

    def __init__(self) -> None:
        self.faults: list[Treatment] = []
        self.always: Treatment = send_range
        self.ranges: list[str] = []
        """What each request asked for."""

        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.files = self
        self.url = f"http://127.0.0.1:{self._server.server_port}/model.gguf"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def model(self, *, size: int = len(CONTENT), checksum: str = "") -> DownloadableModel:
        """The file, as it is or as the list has it wrong."""
        return DownloadableModel(
            name="tiny",
            file="model.gguf",
            size=size,
            memory_gb=1.5,
            licence="MIT",
            sha256=checksum or sha256(CONTENT).hexdigest(),
            url=self.url,
        )

    @property
    def part(self) -> Path:
        """The file that is not whole yet, in its folder."""
        path = Path(f"{self.model().path}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def left_over(self) -> set[str]:
        """The files in the folder of models, locks apart."""
        folder = self.model().path.parent
        return {path.name for path in folder.iterdir() if path.suffix != ".lock"}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    files: FileServer


class Exchange(BaseHTTPRequestHandler):
    """One request and its reply."""

    server: _Server

    def do_GET(self) -> None:
        files = self.server.files
        files.ranges.append(self.headers["Range"])
        treatment = files.faults.pop(0) if files.faults else files.always
        treatment(self)

    @property
    def start(self) -> int:
        """The first byte that is asked for."""
        return int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))

    def send(self, status: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: pytest shows what matters."""


def send_range(exchange: Exchange) -> None:
    exchange.send(206, CONTENT[exchange.start :])


def send_whole(exchange: Exchange) -> None:
    """Whatever range was asked for."""
    exchange.send(200, CONTENT)


def send_part(exchange: Exchange) -> None:
    """Half of what is left; then the connection is gone."""
    rest = CONTENT[exchange.start :]
    exchange.send(206, rest[: len(rest) // 2], length=len(rest))


def send_unmeasured_part(exchange: Exchange) -> None:
    """Half of it, by a server that does not say how much there is."""
    exchange.send_response(206)
    exchange.end_headers()
    exchange.wfile.write(CONTENT[exchange.start : HALF])
    exchange.close_connection = True


def send_damaged(exchange: Exchange) -> None:
    exchange.send(206, CONTENT[exchange.start : -1] + b"\0")


def send_page(exchange: Exchange) -> None:
    """The login page of a network, as long as a file may be."""
    exchange.send(200, b" " * len(CONTENT), Content_Type="text/html; charset=utf-8")


def send_status(status: int) -> Treatment:
    return lambda exchange: exchange.send(status, b"no")


def redirect(exchange: Exchange) -> None:
    exchange.send(302, b"", Location="/elsewhere")


def hang_up(exchange: Exchange) -> None:
    """No reply at all."""
    exchange.close_connection = True
