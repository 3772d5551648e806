"""Where the server may listen."""

import socket

import pytest

from graph.settings import Settings
from ui.access.accounts import Accounts
from ui.access.errors import AccessError
from ui.access.listening import check_access
from ui.command.launch import serve_chat

RESOLVED = {
    "localhost": ["127.0.0.1", "::1"],
    "two-faced.example": ["127.0.0.1", "192.168.1.2"],
    "lan.example": ["192.168.1.2"],
}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that stand for these addresses, and for no other."""

    def look_up(host: str, port: object) -> list[tuple[object, ...]]:
        if host == "unknown.example":
            raise socket.gaierror
        return [(0, 0, 0, "", (address, 0)) for address in RESOLVED.get(host, [host])]

    monkeypatch.setattr("ui.access.listening.socket.getaddrinfo", look_up)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "localhost"])
def test_this_machine_needs_no_login(settings: Settings, host: str):
    assert check_access(settings, host, has_providers=False) is None


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "192.168.1.2",
        "fe80::1%eth0",
        "",
        "two-faced.example",
        "lan.example",
        "unknown.example",
    ],
)
def test_others_reach_it_by_a_login_alone(settings: Settings, host: str):
    with pytest.raises(AccessError, match="MUNHEON_AUTH=password"):
        serve_chat(settings, host=host, port=0, headless=True)


def test_a_login_that_nobody_has_is_told(settings: Settings):
    wanted = settings.model_copy(update={"auth": "password"})
    with pytest.raises(AccessError, match="munheon user add"):
        check_access(wanted, "0.0.0.0", has_providers=False)

    check_access(wanted, "0.0.0.0", has_providers=True)
    Accounts(settings.home).add("kim", "a long password")
    check_access(wanted, "0.0.0.0", has_providers=False)
