"""No test reaches the network."""

import asyncio
import socket
import urllib.request

import httpx
import pytest

from tests.conftest import NetworkUsed
from tests.fake_openai import FakeOpenAI


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_sockets_stay_on_this_machine(call: str):
    with (
        socket.socket() as outside,
        pytest.raises(NetworkUsed, match=r"192\.0\.2\.1"),
    ):
        getattr(outside, call)(("192.0.2.1", 443))


def test_names_are_not_looked_up():
    with pytest.raises(NetworkUsed, match=r"api\.openai\.com"):
        urllib.request.urlopen("https://api.openai.com/v1/models")


async def test_asynchronous_clients_are_held_back_too():
    async with httpx.AsyncClient() as client:
        with pytest.raises(NetworkUsed):
            await client.get("http://example.com")
    with pytest.raises(NetworkUsed):
        await asyncio.open_connection("192.0.2.1", 80)


def test_this_machine_is_reached(openai: FakeOpenAI):
    host, port = openai.base_url.removeprefix("http://").removesuffix("/v1").split(":")
    with socket.create_connection((host, int(port))) as connection:
        assert connection.getpeername() == (host, int(port))
