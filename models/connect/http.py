"""HTTP clients: straight to a server on this machine, elsewhere by the proxies of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import getproxies

import httpx

from models.errors import WrongProxy
from retrieval.loopback import is_loopback

# How httpx says that it cannot use a proxy: no `socksio`, a scheme it does not know, no address.
UNUSABLE_PROXY = (ImportError, ValueError, httpx.InvalidURL)


def open_http_client(base_url: str | None, timeout: float | httpx.Timeout) -> httpx.Client:
    """A client for the server of this address (None: OpenAI's); WrongProxy names what hinders it."""
    with _explain_proxies():
        return httpx.Client(
            trust_env=_uses_environment(base_url), timeout=timeout, follow_redirects=True
        )


def open_async_http_client(
    base_url: str | None, timeout: float | httpx.Timeout
) -> httpx.AsyncClient:
    """The same for coroutines."""
    with _explain_proxies():
        return httpx.AsyncClient(
            trust_env=_uses_environment(base_url), timeout=timeout, follow_redirects=True
        )


def _uses_environment(base_url: str | None) -> bool:
    return base_url is None or not is_loopback(base_url)


@contextmanager
def _explain_proxies() -> Iterator[None]:
    try:
        yield
    except UNUSABLE_PROXY as error:
        raise WrongProxy(_find_unusable_variable()) from error


def _find_unusable_variable() -> str:
    """The first variable whose proxy httpx cannot use; where it can use them all, it is NO_PROXY."""
    proxies = getproxies()
    for scheme in ("http", "https", "all"):
        if scheme in proxies and not _is_usable(proxies[scheme]):
            return f"{scheme.upper()}_PROXY"
    return "NO_PROXY"


def _is_usable(proxy: str) -> bool:
    try:
        # httpx takes an address without a scheme for one of HTTP.
        httpx.HTTPTransport(proxy=proxy if "://" in proxy else f"http://{proxy}").close()
    except UNUSABLE_PROXY:
        return False
    return True
