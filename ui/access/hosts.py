"""Under which names the chat is reached: a page that another name leads here reads nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from graph.settings import Settings
from ui.access.errors import AccessError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# Addresses to listen on that nobody can be reached by.
WILDCARDS = ("", "0.0.0.0", "::")
ANY = "*"
# A browser leaves out the port of its scheme, a proxy may write it.
WEB_PORTS = (80, 443)
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_][a-z0-9_.-]*?)\.?(?::([0-9]{1,5}))?")


@dataclass(frozen=True)
class Host:
    """A host's name and port; None: the web's own ports."""

    name: str
    port: int | None

    def __str__(self) -> str:
        return f"{self.name}:{self.port}" if self.port else self.name


@dataclass(frozen=True)
class Hosts:
    """The names that this server answers to."""

    listed: frozenset[Host]
    takes_any: bool = False

    def allow(self, host: str) -> bool:
        """Whether a request may call us so."""
        named = read_host(host)
        return named is not None and (self.takes_any or named in self.listed)

    def allow_origin(self, origin: str, host: str) -> bool:
        """Whether a page is one of ours: it has a listed name, or that by which it calls us."""
        named = read_origin(origin)
        return named is not None and (named in self.listed or named == read_host(host))


def read_host(text: str) -> Host | None:
    """A host as headers write it, or None for what is none."""
    match = HOST.fullmatch(text.lower())
    if match is None:
        return None
    port = int(match[2]) if match[2] else None
    return Host(match[1], None if port in WEB_PORTS else port)


def read_origin(origin: str) -> Host | None:
    """The host of a page's origin, or None where it has none."""
    scheme, _, host = origin.partition("://")
    return read_host(host) if scheme in ("http", "https") else None


def list_hosts(settings: Settings, *, host: str, port: int) -> Hosts:
    """What a server at this address is called; UserError for names that are none."""
    own = None if port in WEB_PORTS else port
    told = [name.strip() for name in settings.hosts.split(",") if name.strip()]
    if ANY in told and settings.auth == "local":
        raise AccessError("access.any_host")
    names = [*LOOPBACK, *([] if host in WILDCARDS else [_write_address(host)])]
    listed = {Host(name.lower(), own) for name in names}
    return Hosts(frozenset(listed | set(_read_told(told, own))), takes_any=ANY in told)


def _read_told(told: Iterable[str], own: int | None) -> Iterator[Host]:
    """Hosts of the setting; one without a port has the web's ports and this server's."""
    for text in told:
        if text == ANY:
            continue
        named = read_host(_spell(text))
        if named is None or "/" in text:
            raise AccessError("access.no_host", host=text)
        yield named
        if urlsplit(f"//{text}").port is None:
            yield Host(named.name, own)


def _spell(text: str) -> str:
    """A name as browsers send it, whatever its script."""
    try:
        return text if text.isascii() else text.encode("idna").decode()
    except UnicodeError:
        return ""


def _write_address(host: str) -> str:
    """An address as it stands in a URL."""
    try:
        address = ip_address(host)
    except ValueError:  # a name
        return _spell(host)
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)
