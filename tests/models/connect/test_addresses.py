"""Addresses and keys as people paste them."""

import re

import pytest

from models.connect.addresses import (
    WrongAddress,
    WrongKey,
    clean_address,
    clean_key,
    read_base_url,
    read_openai_key,
)
from models.errors import NoModel

KEY = "sk-proj-Ab12_cd-34"
ADDRESSES = {
    "https://api.example/v1": "https://api.example/v1",
    "https://api.example": "https://api.example/v1",
    "https://api.example/": "https://api.example/v1",
    "https://api.example/v1/chat/completions": "https://api.example/v1",
    "https://api.example/v1/embeddings/": "https://api.example/v1",
    "https://api.example/v1/models": "https://api.example/v1",
    "https://api.example/openai/v1/": "https://api.example/openai/v1",
    "https://api.example/api/v3": "https://api.example/api/v3",
    "api.example/v1": "https://api.example/v1",
    "localhost:11434": "http://localhost:11434/v1",
    "192.168.0.7:8000/v1": "http://192.168.0.7:8000/v1",
    "8.8.8.8/v1": "https://8.8.8.8/v1",
    "HTTPS://api.example/v1": "https://api.example/v1",
    " 'https://api.example/v1' ": "https://api.example/v1",
    "“https://api.example/v1”": "https://api.example/v1",
    "http://[::1]:8000/v1": "http://[::1]:8000/v1",
}
NO_ADDRESSES = ["ftp://x/v1", "http://", "http://x:port", "http://a b/v1", "http://[::1/v1", '""']
NO_KEYS = [f"{KEY}키", f"{KEY} extra", f"{KEY}…", f"a “{KEY}”", f"{KEY}\x00"]
KEYS = [
    KEY,
    f" {KEY}\n",
    f'"{KEY}"',
    f"“{KEY}”",
    f"Bearer {KEY}",
    f"bearer {KEY}",
    f"Bearer  {KEY}",
    f"'Bearer {KEY}'",
    f"{KEY[:6]}\n{KEY[6:]}",
    f"{KEY[:6]}\r\n {KEY[6:]}",
    f"{KEY[:6]}\u200b{KEY[6:]}",
    f"\ufeff{KEY}",
]


@pytest.mark.parametrize(("pasted", "cleaned"), ADDRESSES.items())
def test_an_address_is_cleaned(pasted: str, cleaned: str):
    assert clean_address(pasted, "X") == cleaned
    assert clean_address(cleaned, "X") == cleaned


@pytest.mark.parametrize("pasted", NO_ADDRESSES)
def test_what_is_none_is_told_with_the_variable_and_an_example(pasted: str):
    with pytest.raises(WrongAddress, match=r"^X=.*http://localhost:11434/v1") as told:
        clean_address(pasted, "X")

    assert repr(pasted) in str(told.value)


@pytest.mark.parametrize("pasted", KEYS, ids=repr)
def test_a_key_is_cleaned(pasted: str):
    assert clean_key(pasted, "X") == KEY


@pytest.mark.parametrize("pasted", NO_KEYS, ids=repr)
def test_a_damaged_key_is_told_and_not_shown(pasted: str):
    with pytest.raises(WrongKey, match=re.escape("X가 올바르지 않습니다")) as told:
        clean_key(pasted, "X")

    assert KEY not in str(told.value)


@pytest.mark.parametrize("unset", ["", "  "])
def test_blanks_are_no_address_and_no_key(monkeypatch: pytest.MonkeyPatch, unset: str):
    monkeypatch.setenv("OPENAI_BASE_URL", unset)
    monkeypatch.setenv("OPENAI_API_KEY", unset)

    assert read_base_url() is None
    with pytest.raises(NoModel):
        read_openai_key()


@pytest.mark.parametrize(
    "pasted", ["http://user:PASSW0RD@host/v1", "http://host/v1?key=PASSW0RD", "sk-PASSW0RD @x"]
)
def test_what_may_be_secret_is_refused_and_not_shown(pasted: str):
    with pytest.raises(WrongAddress) as refused:
        clean_address(pasted, "OPENAI_BASE_URL")

    assert "PASSW0RD" not in str(refused.value)
