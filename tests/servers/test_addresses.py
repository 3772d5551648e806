"""Addresses and keys as people paste them: the server is reached, or what is wrong is told."""

import pytest

from models.connect.addresses import WrongAddress, WrongKey
from models.errors import ModelFailed
from tests.servers import habits
from tests.servers.able import ANSWER
from tests.servers.asking import Program

KEY = "sk-proj-abcdef1234567890"
# In each, {} stands for the server's host and port.
ADDRESSES = {
    "without /v1": "http://{}",
    "with a slash": "http://{}/v1/",
    "with an endpoint": "http://{}/v1/chat/completions",
    "with an endpoint and a slash": "http://{}/v1/chat/completions/",
    "without a scheme": "{}/v1",
    "host and port alone": "{}",
    "in capitals": "HTTP://{}/v1",
    "in blanks": "  http://{}/v1 \n",
    "in quotes": '"http://{}/v1"',
    "in typographic quotes": "“http://{}/v1”",
}
KEYS = {
    "a line break behind it": f"{KEY}\n",
    "a line break within it": f"{KEY[:12]}\n{KEY[12:]}",
    "a line break and blanks within it": f"{KEY[:12]}\r\n  {KEY[12:]}",
    "quotes": f"'{KEY}'",
    "typographic quotes": f"“{KEY}”",
    "Bearer": f"Bearer {KEY}",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
async def test_a_server_is_reached_by_what_was_pasted(
    program: Program, monkeypatch: pytest.MonkeyPatch, address: str
):
    place = program.server.base_url.removeprefix("http://").removesuffix("/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", address.format(place))

    answer, _ = await program.ask(program.open(profile="strong"))

    assert answer == ANSWER


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/v1", "http://", "http://127.0.0.1:port/v1", "http://a b/v1"]
)
def test_what_is_no_address_is_told_before_any_call(
    program: Program, monkeypatch: pytest.MonkeyPatch, address: str
):
    monkeypatch.setenv("OPENAI_BASE_URL", address)

    with pytest.raises(
        WrongAddress, match=r"OPENAI_BASE_URL=.*쓸 수 없는 주소입니다.*http://localhost"
    ):
        program.open(profile="strong")


async def test_a_path_that_is_not_the_apis_is_told_as_a_wrong_address(
    program: Program, monkeypatch: pytest.MonkeyPatch
):
    opened = program.open(profile="strong")
    monkeypatch.setenv("OPENAI_BASE_URL", program.server.base_url.replace("/v1", "/api"))
    assert await program.ask(opened) == (ANSWER, program.count_chats())

    with pytest.raises(ModelFailed, match=r"모델 서버의 것이 아닙니다.*/v1"):
        await program.ask(program.open(profile="strong"))


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
async def test_a_key_is_sent_as_it_was_given_out(
    program: Program, monkeypatch: pytest.MonkeyPatch, key: str
):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    program.server.always["chat"] = habits.wants_key(KEY)

    answer, _ = await program.ask(program.open(profile="strong"))

    assert answer == ANSWER
    assert {asked.key for asked in program.server.requests} == {f"Bearer {KEY}"}


@pytest.mark.parametrize("key", [f"{KEY}를", f"열쇠 {KEY}", f"{KEY} {KEY}", f"{KEY}…"])
def test_a_damaged_key_is_told_before_any_call_and_not_shown(
    program: Program, monkeypatch: pytest.MonkeyPatch, key: str
):
    monkeypatch.setenv("OPENAI_API_KEY", key)

    with pytest.raises(WrongKey, match=r"OPENAI_API_KEY가 올바르지 않습니다.*다시 복사") as told:
        program.open(profile="strong")

    assert KEY not in str(told.value)
    assert program.server.requests == []
