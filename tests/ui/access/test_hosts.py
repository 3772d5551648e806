"""Under which names the chat is reached."""

import pytest

from graph.settings import Settings
from ui.access.errors import AccessError
from ui.access.hosts import Hosts, list_hosts


def hosts(names: str = "", *, host: str = "127.0.0.1", auth: str = "local") -> Hosts:
    return list_hosts(Settings(hosts=names, auth=auth), host=host, port=8000)


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"]
)
def test_this_machines_names_are_ours(host: str):
    assert hosts().allow(host)


@pytest.mark.parametrize(
    "host",
    "evil.example:8000 localhost:9000 localhost localhost.evil.example:8000 127.0.0.1:8000@evil "
    "evil.example#localhost:8000 [::2]:8000 localhost:8000x localhost:800000 :8000 /".split(),
)
def test_other_names_and_ports_are_not(host: str):
    assert not hosts().allow(host)


@pytest.mark.parametrize(
    ("listed", "host"),
    [
        ("chat.example.org", "chat.example.org"),
        ("chat.example.org", "Chat.Example.org.:443"),
        ("a.example, chat.example.org", "chat.example.org:80"),
        ("chat.example.org", "chat.example.org:8000"),
        ("chat.example.org:8443", "chat.example.org:8443"),
        ("문헌.example", "문헌.example"),
        ("*", "whatever.example"),
    ],
)
def test_listed_names_are_ours(listed: str, host: str):
    assert hosts(listed, auth="password").allow(host.encode("idna").decode())


def test_a_port_that_is_listed_is_the_only_one():
    listed = hosts("chat.example.org:8443")

    assert not listed.allow("chat.example.org")
    assert not listed.allow("chat.example.org:8000")


@pytest.mark.parametrize(
    ("host", "called"),
    [("192.168.1.2", "192.168.1.2:8000"), ("2001:DB8:0::1", "[2001:db8::1]:8000")],
)
def test_the_address_to_listen_on_is_ours(host: str, called: str):
    assert hosts(host=host).allow(called)
    assert not hosts(host="0.0.0.0").allow(called)


@pytest.mark.parametrize(
    ("origin", "host", "is_ours"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("https://chat.example.org", "localhost:8000", True),
        ("https://chat.example.org:443", "chat.example.org", True),
        ("http://localhost:9000", "localhost:8000", False),
        ("http://localhost", "localhost:8000", False),
        ("http://evil.example", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("", "localhost:8000", False),
        ("file://localhost:8000", "localhost:8000", False),
    ],
)
def test_a_page_is_ours_by_its_name(origin: str, host: str, is_ours: bool):
    assert hosts("chat.example.org").allow_origin(origin, host) is is_ours


def test_where_any_name_is_taken_a_page_has_the_servers():
    any_host = hosts("*", auth="password")

    assert any_host.allow_origin("https://a.example", "a.example")
    assert not any_host.allow_origin("https://b.example", "a.example")


@pytest.mark.parametrize("names", ["https://chat.example.org", "a b", "chat.example.org/x", "*"])
def test_what_is_no_name_is_told(names: str):
    with pytest.raises(AccessError, match="MUNHEON_HOSTS"):
        hosts(names)
