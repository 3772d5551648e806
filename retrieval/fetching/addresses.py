"""Addresses of papers as people write them: arXiv's in all their forms, and those of PDFs."""

import re

import httpx

from language.publication import ARXIV_NUMBER
from retrieval.fetching.fetch_errors import FetchFailed
from retrieval.sources import WebAddress

ARXIV = re.compile(
    rf"(?:arxiv:\s*|(?:https?://)?(?:[\w-]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/"
    rf"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\.|(?:doi:\s*)?10\.48550/arxiv\.)?"
    rf"(?P<number>{ARXIV_NUMBER})(?P<version>v\d+)?(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|arxiv:|doi:", re.IGNORECASE)
# What an address is shortened to where it is shown.
MAX_SHOWN = 200


def is_address(text: str) -> bool:
    """Whether words are meant as an address or a number at arXiv, not as the path of a file."""
    return bool(ADDRESS.match(text.strip()))


def read_address(text: str) -> WebAddress:
    """The address of the PDF that is meant; FetchFailed for what is none."""
    text = text.strip()
    if found := ARXIV.fullmatch(text):
        number, version = found["number"], found["version"] or ""
        name = f"{number}{version.lower()}".replace("/", "_")
        return WebAddress(f"https://arxiv.org/pdf/{number}{version.lower()}", f"{name}.pdf")
    return WebAddress(str(split_address(text).copy_with(fragment=None)))


def split_address(text: str) -> httpx.URL:
    """An address in its parts; FetchFailed for another than one of HTTP without a login."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed("fetching.no_address", address=show_address(text)) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchFailed("fetching.no_address", address=show_address(text))
    if url.userinfo:
        raise FetchFailed("fetching.has_login", host=url.host)
    return url


def show_address(text: str) -> str:
    """An address on one line, without its login, shortened."""
    text = re.sub(
        r"(?<=://)[^/?#]*@", "", " ".join(text.encode("utf-8", "replace").decode().split())
    )
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
