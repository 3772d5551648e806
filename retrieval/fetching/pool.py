"""Who is asked for a paper: its server, or the proxy that the environment names."""

from contextlib import suppress
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from retrieval.fetching.connection import CheckedBackend, Deadline
from retrieval.fetching.fetch_errors import FetchFailed, FetchInterrupted
from retrieval.fetching.host_check import CheckHost

PROXY_SCHEMES = ("http://", "https://")


def open_pool(url: httpx.URL, deadline: Deadline, check: CheckHost) -> httpcore.ConnectionPool:
    """Connections for one request.

    A proxy looks names up itself: the check is made before it is asked, and it is trusted to mean the
    same by the name.
    """
    proxy = find_proxy(url)
    if proxy:
        with suppress(FetchInterrupted):  # behind many proxies nobody else knows names of outside
            check(url.host, find_port(url))
    return httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        network_backend=CheckedBackend(deadline, None if proxy else check),
        proxy=_open_proxy(proxy) if proxy else None,
    )


def find_port(url: httpx.URL) -> int:
    """The port of an address."""
    return url.port or (443 if url.scheme == "https" else 80)


def find_proxy(url: httpx.URL) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names and NO_PROXY does not except."""
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(url.host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _open_proxy(proxy: str) -> httpcore.Proxy:
    if not proxy.startswith(PROXY_SCHEMES):
        raise FetchFailed("fetching.wrong_proxy", proxy=proxy.partition("://")[0])
    given = httpx.URL(proxy)
    login = (given.username, given.password) if given.username else None
    return httpcore.Proxy(str(given.copy_with(username=None, password=None)), auth=login)
