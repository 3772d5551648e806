"""Which hosts may be reached: those whose every address is on the public internet."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from threading import Thread

from retrieval.fetching.fetch_errors import FetchFailed, FetchInterrupted

CheckHost = Callable[[str, int], Sequence[str]]
"""The addresses that a host may be reached at by a port; FetchFailed where it may not."""

PORTS = (80, 443)
LOOKUP_SECONDS = 10.0
# Addresses of IPv6 that lead to addresses of IPv4, which may be any.
TRANSLATED = [
    IPv6Network(prefix)
    for prefix in (
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
    )
]


def find_public_addresses(host: str, port: int) -> Sequence[str]:
    """All addresses of a host; FetchFailed where one of them is not on the public internet."""
    if port not in PORTS:
        raise FetchFailed("fetching.wrong_port", host=host, port=port)
    addresses = look_up(host, port)
    if not all(map(is_public, addresses)):
        raise FetchFailed("fetching.private_address", host=host)
    return addresses


def is_public(address: str) -> bool:
    """Whether an address of IP belongs to one machine of the public internet."""
    ip = ip_address(address.partition("%")[0])
    is_other = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    return ip.is_global and not is_other and not _is_translated(ip)


def _is_translated(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv4Address):
        return False
    return ip.is_site_local or any(ip in network for network in TRANSLATED)


def look_up(host: str, port: int) -> Sequence[str]:
    """All addresses of a host; FetchFailed where nobody knows it, or says so in time."""
    found: Queue[Sequence[str] | OSError] = Queue()
    # The system's look-up knows no time-out.
    Thread(target=_look_up_into, args=(found, host, port), daemon=True).start()
    try:
        addresses = found.get(timeout=LOOKUP_SECONDS)
    except Empty as error:
        raise FetchFailed("fetching.too_slow", host=host) from error
    if isinstance(addresses, OSError):
        raise FetchInterrupted("fetching.unknown_host", host=host) from addresses
    return addresses


def _look_up_into(found: Queue[Sequence[str] | OSError], host: str, port: int) -> None:
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.put(list(dict.fromkeys(str(info[4][0]) for info in infos)))
    except UnicodeError as error:  # a label that is too long
        found.put(OSError(str(error)))
    except OSError as error:
        found.put(error)
