"""Which addresses are on this machine."""

import pytest

from retrieval.loopback import is_loopback


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/v1",
        "http://127.8.9.10",
        "http://[::1]:8000",
        "http://localhost:11434/v1",
        "https://LOCALHOST",
    ],
)
def test_an_address_on_this_machine(url: str):
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "http://192.168.0.10:8000",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[fe80::1]",
        "models.example",
    ],
)
def test_an_address_elsewhere(url: str):
    assert not is_loopback(url)
