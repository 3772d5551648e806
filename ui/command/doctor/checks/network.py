"""Checks of what leads elsewhere: the chat's port, and proxies."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from language.catalogue import write_text
from models.connect.addresses import is_local_host, read_base_url
from models.connect.discover import read_ollama_address
from models.connect.http import open_http_client
from retrieval.loopback import is_loopback
from ui.command.doctor.checks.processes import describe_listener
from ui.command.doctor.finding import Finding, Subject
from ui.command.launch import PortTaken, check_port

HOST = "127.0.0.1"
SECONDS = 5.0
# What getproxies tells besides proxies.
EXCEPTIONS = "no"


def check_chat_port(subject: Subject) -> Iterator[Finding]:
    """Whether the chat can listen at its port, and who does where it cannot."""
    port = subject.port
    try:
        check_port(HOST, port)
    except PortTaken as taken:
        holder = describe_listener(port)
        told = write_text("doctor.port_taken", port=port, holder=holder or taken.reason)
        yield Finding("warning", told, write_text("doctor.port_remedy", other=port % 65_535 + 1))
    else:
        yield Finding("ok", write_text("doctor.port_free", port=port))


def check_proxies(subject: Subject) -> Iterator[Finding]:
    """Whether the proxies of the environment can be used, and catch no server of this network."""
    proxies = [name for name in getproxies() if name != EXCEPTIONS]
    if not proxies:
        yield Finding("ok", write_text("doctor.no_proxies"))
        return
    open_http_client(None, SECONDS).close()  # raises where they cannot be used
    caught = sorted({host for host in _list_local_hosts(subject) if not proxy_bypass(host)})
    told = ", ".join(f"{name}_proxy" for name in sorted(proxies))
    if caught:
        hosts = ",".join(caught)
        wrong = write_text("doctor.proxies_catch", names=told, hosts=hosts)
        yield Finding("warning", wrong, write_text("doctor.proxies_remedy", hosts=hosts))
    else:
        yield Finding("ok", told)


def _list_local_hosts(subject: Subject) -> Iterator[str]:
    """The servers of this machine's network that the settings name; to this machine no proxy leads."""
    for url in (read_base_url(), read_ollama_address(), subject.settings.chroma_url):
        host = urlsplit(url or "").hostname
        if host and is_local_host(host) and not is_loopback(url or ""):
            yield host
