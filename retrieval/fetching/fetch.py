"""Fetch the PDF at an address: redirects by hand, within limits, and only if it is one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event

import httpcore
import httpx

from retrieval.fetching.addresses import show_address, split_address
from retrieval.fetching.connection import Deadline
from retrieval.fetching.fetch_errors import (
    FetchFailed,
    FetchInterrupted,
    explain_faults,
    explain_status,
)
from retrieval.fetching.file_name import choose_file_name
from retrieval.fetching.host_check import CheckHost, find_public_addresses
from retrieval.fetching.pool import open_pool
from retrieval.fetching.replies import HEADER_BYTES, check_begins, read_header, read_length
from retrieval.sources import WebAddress

MAX_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# Before each further try of what may have failed in passing.
RETRY_SECONDS = (1.0, 3.0)
MEGABYTE = 1_000_000
# Packed on its way, a file has another length.
HEADERS: Mapping[bytes | str, bytes | str] = {
    "User-Agent": "munheon",
    "Accept": "application/pdf, */*;q=0.5",
    "Accept-Encoding": "identity",
}

OnBytes = Callable[[int, int], None]
"""Called with (bytes there, bytes in all, or 0 where the server does not say)."""


@dataclass(frozen=True, kw_only=True)
class FetchLimits:
    """How much and how long a download may be."""

    megabytes: float = 100
    connect: float = 10.0
    """Seconds."""

    read: float = 20.0
    total: float = 300.0


@dataclass(frozen=True, kw_only=True)
class _Download:
    """One download: what it may take, and whom it tells."""

    address: WebAddress
    folder: Path
    limits: FetchLimits
    deadline: Deadline
    check: CheckHost
    on_bytes: OnBytes
    cancelled: Event


def fetch_paper(
    address: WebAddress,
    folder: Path,
    *,
    limits: FetchLimits = FetchLimits(),
    check: CheckHost = find_public_addresses,
    on_bytes: OnBytes = lambda done, total: None,
    cancelled: Event | None = None,
) -> tuple[WebAddress, Path]:
    """The address with the name of its file, and where in the folder it lies; FetchFailed says why not.

    It blocks: call it in a thread. Setting `cancelled` ends it, at the latest when a read times out.
    """
    download = _Download(
        address=address,
        folder=folder,
        limits=limits,
        deadline=Deadline(limits.total),
        check=check,
        on_bytes=on_bytes,
        cancelled=cancelled or Event(),
    )
    for wait in RETRY_SECONDS:
        try:
            return _follow_redirects(download)
        except FetchInterrupted:
            if download.cancelled.wait(wait):
                raise FetchFailed(
                    "fetching.cancelled", address=show_address(str(address))
                ) from None
    return _follow_redirects(download)


def _follow_redirects(download: _Download) -> tuple[WebAddress, Path]:
    url = split_address(download.address.url)
    for _ in range(MAX_REDIRECTS + 1):
        with explain_faults(url.host), _request(url, download) as reply:
            if reply.status not in REDIRECTS:
                return _save_reply(url, reply, download)
            url = _read_location(url, reply)
    address = show_address(str(download.address))
    raise FetchFailed("fetching.too_many_redirects", address=address, most=MAX_REDIRECTS)


@contextmanager
def _request(url: httpx.URL, download: _Download) -> Iterator[httpcore.Response]:
    """The reply to one request, its body still to come."""
    _check_cancelled(download)
    limits = download.limits
    timeouts = dict.fromkeys(("read", "write", "pool"), limits.read) | {"connect": limits.connect}
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    headers = {"Host": url.netloc, **HEADERS}
    with (
        open_pool(url, download.deadline, download.check) as pool,
        pool.stream("GET", target, headers=headers, extensions={"timeout": timeouts}) as reply,
    ):
        yield reply


def _read_location(url: httpx.URL, reply: httpcore.Response) -> httpx.URL:
    """Where a redirect leads."""
    location = read_header(reply, b"location") or ""
    try:
        return split_address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed("fetching.no_address", address=show_address(location)) from error


def _save_reply(
    url: httpx.URL, reply: httpcore.Response, download: _Download
) -> tuple[WebAddress, Path]:
    """The file that a server sends, whole and a PDF."""
    address = show_address(str(url))
    if reply.status != 200:
        raise explain_status(reply.status, address)
    given = download.address
    name = given.file_name or choose_file_name(url, read_header(reply, b"content-disposition"))
    length = read_length(reply)
    _check_size(length, download, address)
    with NamedTemporaryFile(dir=download.folder, suffix=".pdf", delete=False) as file:
        path = Path(file.name)
        try:
            for piece in _take_pieces(reply, length, download, address):
                file.write(piece)
        except BaseException:
            path.unlink()
            raise
    return given.named(name), path


def _take_pieces(
    reply: httpcore.Response, length: int, download: _Download, address: str
) -> Iterator[bytes]:
    """The pieces of a PDF as they come; FetchFailed as soon as it is too big or shown to be none."""
    begins, done = b"", 0
    for piece in reply.iter_stream():
        _check_cancelled(download)
        done += len(piece)
        _check_size(done, download, address)
        if len(begins) < HEADER_BYTES:
            begins += piece
            check_begins(begins, address, is_all=len(begins) >= HEADER_BYTES)
        yield piece
        download.on_bytes(done, length)
    check_begins(begins, address, is_all=True)
    if done < length:
        raise FetchInterrupted("fetching.cut_short", address=address)


def _check_cancelled(download: _Download) -> None:
    if download.cancelled.is_set():
        raise FetchFailed("fetching.cancelled", address=show_address(str(download.address)))


def _check_size(size: int, download: _Download, address: str) -> None:
    most = download.limits.megabytes
    if size > most * MEGABYTE:
        raise FetchFailed("fetching.too_big", address=address, most=f"{most:g}")
