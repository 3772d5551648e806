"""Connections to the very addresses that were checked, which end at a set time."""

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from retrieval.fetching.host_check import CheckHost

# So many addresses of a host are tried.
MAX_ADDRESSES = 4


class Deadline:
    """The moment at which a download ends, done or not."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def limit(self, seconds: float | None) -> float:
        """So many seconds, or as many as are left; httpcore.ReadTimeout for none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time of the download is over")
        return left if seconds is None else min(seconds, left)


class CheckedBackend(httpcore.SyncBackend):
    """Opens sockets to checked addresses alone, so that a name cannot come to mean another one."""

    def __init__(self, deadline: Deadline, check: CheckHost | None) -> None:
        super().__init__()
        self._deadline = deadline
        self._check = check
        """None: the host is a proxy, which whoever runs this machine has named."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers."""
        addresses: Sequence[str] = self._check(host, port) if self._check else [host]
        *others, last = addresses[:MAX_ADDRESSES]
        for address in others:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        stream = super().connect_tcp(address, port, timeout=self._deadline.limit(timeout))
        return LimitedStream(stream, self._deadline)


class LimitedStream(httpcore.NetworkStream):
    """A connection of which every read and write ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come."""
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send something."""
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        secured = self._stream.start_tls(
            ssl_context, server_hostname, self._deadline.limit(timeout)
        )
        return LimitedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the socket."""
        return self._stream.get_extra_info(info)
