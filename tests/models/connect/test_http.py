"""Clients of model servers: straight to this machine, elsewhere by the proxies, over real HTTP."""

import httpx
import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from models.connect.http import open_async_http_client, open_http_client
from models.errors import WrongProxy
from nodes.strong.prompts import ANSWER_CITING
from tests.fake_openai import FakeOpenAI
from tests.models.file_server import CONTENT, FileServer

ELSEWHERE = "http://models.example/v1"
DEAD = "http://127.0.0.1:1"
SOCKS = "socks5://127.0.0.1:1"
ANSWER = ANSWER_CITING.invoke(
    {
        "question": "층?",
        "english": "Layers?",
        "excerpts": "[1] x",
        "insufficient": "-",
        "language": "Korean",
    }
)

ENVIRONMENTS = pytest.mark.parametrize(
    "environment",
    [
        {"HTTP_PROXY": DEAD, "HTTPS_PROXY": DEAD, "ALL_PROXY": DEAD},
        {"http_proxy": DEAD, "NO_PROXY": "models.example"},
        {"ALL_PROXY": DEAD, "NO_PROXY": "127.0.0.0/8"},
        {"ALL_PROXY": SOCKS},
        {"ALL_PROXY": SOCKS, "NO_PROXY": "localhost,127.0.0.1"},
        {"HTTP_PROXY": "htp://nowhere"},
        {"HTTP_PROXY": DEAD, "NO_PROXY": "[::1]"},
    ],
    ids=str,
)
UNUSABLE = pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"ALL_PROXY": SOCKS}, "ALL_PROXY"),
        ({"all_proxy": SOCKS, "NO_PROXY": "localhost"}, "ALL_PROXY"),
        ({"HTTP_PROXY": DEAD, "HTTPS_PROXY": "htp://nowhere"}, "HTTPS_PROXY"),
        ({"HTTP_PROXY": "localhost:port"}, "HTTP_PROXY"),
        ({"HTTP_PROXY": DEAD, "NO_PROXY": "[::1]"}, "NO_PROXY"),
    ],
    ids=str,
)


def set_environment(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@ENVIRONMENTS
async def test_a_server_on_this_machine_is_reached_past_any_proxy(
    openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
):
    set_environment(monkeypatch, environment)
    base_url = openai.base_url

    with open_http_client(base_url, 5.0) as client:
        async with open_async_http_client(base_url, 5.0) as async_client:
            chat = ChatOpenAI(
                model="m",
                base_url=base_url,
                api_key=SecretStr("none"),
                max_retries=0,
                http_client=client,
                http_async_client=async_client,
            )
            assert chat.invoke(ANSWER).text == openai.replies["answer"]
            assert (await chat.ainvoke(ANSWER)).text == openai.replies["answer"]

    assert len(openai.requests) == 2


@ENVIRONMENTS
def test_this_machine_is_known_by_name(
    server: FileServer, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
):
    set_environment(monkeypatch, environment)
    url = server.url.replace("127.0.0.1", "localhost")

    with open_http_client(url, 5.0) as client:
        assert client.get(url, headers={"Range": "bytes=0-"}).content == CONTENT


async def test_a_server_elsewhere_is_reached_by_the_proxy(
    server: FileServer, monkeypatch: pytest.MonkeyPatch
):
    set_environment(monkeypatch, {"HTTP_PROXY": server.url})
    headers = {"Range": "bytes=0-"}

    with open_http_client(ELSEWHERE, 5.0) as client:
        assert client.get(ELSEWHERE, headers=headers).content == CONTENT
    async with open_async_http_client(ELSEWHERE, 5.0) as async_client:
        assert (await async_client.get(ELSEWHERE, headers=headers)).content == CONTENT


def test_a_server_that_no_proxy_names_is_reached_without_one(
    server: FileServer, monkeypatch: pytest.MonkeyPatch
):
    set_environment(monkeypatch, {"ALL_PROXY": SOCKS, "NO_PROXY": "*"})

    with open_http_client(ELSEWHERE, 5.0) as client:
        assert client.get(server.url, headers={"Range": "bytes=0-"}).content == CONTENT


@UNUSABLE
@pytest.mark.parametrize("base_url", [ELSEWHERE, None])
@pytest.mark.parametrize("open_client", [open_http_client, open_async_http_client])
def test_the_variable_at_fault_is_named(
    monkeypatch: pytest.MonkeyPatch, environment, variable: str, base_url, open_client
):
    set_environment(monkeypatch, environment)

    with pytest.raises(WrongProxy, match=rf"환경 변수 {variable}의 .*unset {variable}"):
        open_client(base_url, 5.0)


def test_a_secret_in_a_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    set_environment(monkeypatch, {"ALL_PROXY": "socks5://me:secret@127.0.0.1:1"})

    with pytest.raises(WrongProxy) as raised:
        open_http_client(ELSEWHERE, 5.0)

    assert "secret" not in str(raised.value)


def test_a_client_waits_as_long_as_it_is_told():
    with open_http_client(DEAD, 7.0) as client:
        assert client.timeout == httpx.Timeout(7.0)
