"""Two users of a shared server: neither sees, changes or learns of what is the other's, by any door."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.members import PASSWORD, Member
from tests.e2e.pages import ChatServer, serve_chat
from tests.e2e.sockets import Refused, make_message, open_socket
from tests.e2e.trespasses import EVENTS, OPEN_DOORS, TRESPASSES, TRIED_APART, fill
from tests.fake_openai import FakeOpenAI
from ui.access.accounts import Accounts
from ui.access.gate import is_closed

pytestmark = pytest.mark.e2e

LIST_DOORS = """
import json, os, warnings
warnings.simplefilter("ignore")
from ui.command.launch import APP, prepare_environment
prepare_environment(os.environ)
from chainlit.config import load_module
from chainlit.server import app, sio
load_module(str(APP))
doors = [f"{method.upper()} {path}" for path, it in app.openapi()["paths"].items() for method in it]
print(json.dumps([doors, list(sio.handlers["/"])]))
"""


@pytest.fixture(scope="module")
def shared(
    model: FakeOpenAI, indexed_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatServer]:
    """A chat with a login and two accounts."""
    folder = tmp_path_factory.mktemp("shared")
    home = shutil.copytree(indexed_once, folder / "data")
    for name in ("kim", "lee", "park"):
        Accounts(home).add(name, PASSWORD)
    names = {
        "OPENAI_API_KEY": "test-key",
        "OPENAI_BASE_URL": model.base_url,
        "MUNHEON_CHAT_MODEL": "openai:gpt-4o-mini",
        "MUNHEON_PROFILE": "strong",
        "MUNHEON_AUTH": "password",
    }
    with serve_chat(home, folder / "log", **names) as server:
        yield server


@pytest.fixture(scope="module")
def members(
    shared: ChatServer, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Member, Member]]:
    """Kim and Lee, each with a paper, a question and more, their pages open."""
    kim = Member("kim", "Zephyrine", "77 quokkas", shared)
    lee = Member("lee", "Borogove", "33 wombats", shared)
    contexts = []
    for member in (kim, lee):
        contexts.append(browser.new_context(locale="ko-KR"))
        page = member.sign_in(contexts[-1])
        member.own(page, tmp_path_factory.mktemp(member.name))
    yield kim, lee
    for member, context in zip((kim, lee), contexts, strict=True):
        member.client.close()
        context.close()


@pytest.fixture(params=["kim at lee's", "lee at kim's"])
def pair(
    members: tuple[Member, Member], request: pytest.FixtureRequest
) -> Iterator[tuple[Member, Member]]:
    """Who tries, and whose it is: nothing of theirs has changed in the end."""
    one, other = members if request.param.startswith("kim") else members[::-1]
    before = other.list_rows()
    yield one, other
    time.sleep(0.5)  # what a socket leaves undone is done after it has closed
    assert other.list_rows() == before


def assert_untold(words: str, other: Member, *, said: str = "") -> None:
    """Nothing of the other's is told, but for what was said oneself."""
    for secret in other.secrets:
        assert secret in said or secret not in words, f"{secret}: {words[:2_000]}"


def test_every_door_is_tried(shared: ChatServer):
    environment = {
        **os.environ,
        "MUNHEON_HOME": str(shared.home),
        "MUNHEON_AUTH": "password",
        "CHAINLIT_AUTH_SECRET": "k" * 64,
    }
    listed = subprocess.run(
        [sys.executable, "-c", LIST_DOORS], env=environment, capture_output=True, check=True
    )
    doors, events = json.loads(listed.stdout.splitlines()[-1])
    tried = OPEN_DOORS | {one.door for one in TRESPASSES}

    assert {one for one in doors if not is_closed(one.split()[1])} == tried
    assert set(events) == EVENTS.keys() | TRIED_APART


def test_no_request_reaches_the_others(pair: tuple[Member, Member]):
    one, other = pair
    ids = {**other.ids, "own_session": one.ids["own_session"]}
    wrong = []
    for trespass in TRESPASSES:
        method, path = trespass.door.split()[0], trespass.path.format(**ids)
        sent = fill(trespass.sent, ids)
        if method == "POST" and "/project/file" in path:
            reply = one.client.post(path, files={"file": ("a.txt", b"a", "text/plain")})
        else:
            reply = one.client.request(method, path, json=sent)
        if reply.status_code not in trespass.answers:
            wrong.append(f"{method} {path} {sent}: {reply.status_code} {reply.text[:200]}")
        assert_untold(reply.text, other, said=json.dumps(sent))
    assert not wrong


def test_no_event_reaches_the_others(shared: ChatServer, pair: tuple[Member, Member]):
    one, other = pair
    for event, sent in [(event, given) for event, them in EVENTS.items() for given in them]:
        with open_socket(shared.url, one.cookies) as socket:
            socket.emit("connection_successful")
            socket.hear()
            socket.emit("client_message", make_message("/help"))
            socket.hear(until="task_end")
            socket.emit(event, *fill(sent, other.ids))
            socket.hear(seconds=1.5 if event == "client_message" else 0.3)
            assert_untold(socket.heard, other)


def test_no_socket_is_the_others(shared: ChatServer, pair: tuple[Member, Member]):
    one, other = pair
    with (
        pytest.raises(Refused),
        open_socket(shared.url, one.cookies, session=other.ids["session"]),
    ):
        pass
    for thread in ("thread", "deleted_thread"):
        with (
            suppress(Refused),
            open_socket(shared.url, one.cookies, thread=other.ids[thread]) as socket,
        ):
            socket.emit("connection_successful")
            first = make_message("안녕하세요")
            for question in ("question", "deleted_question"):
                socket.emit("client_message", first)
                socket.emit("client_message", make_message("안녕", id=other.ids[question]))
                socket.hear()
                # An edit removes what was said after it.
                socket.emit("edit_message", first)
                socket.hear()
            socket.emit("window_message", "#deleted")
            socket.hear()
            assert_untold(socket.heard, other)


@pytest.mark.parametrize(
    "words",
    [
        "/search {word} has how many",
        "/papers",
        "/compare SOLAR, {word}: layers",
        "/compare {word}, Gemma: layers",
        "/export",
        "/undo",
        "/record",
        "어떤 논문이 있나요?",
        "{word} 논문을 요약해 주세요.",
        "{word} 9B의 저자는 누구인가요?",
    ],
)
def test_no_words_find_the_others(pair: tuple[Member, Member], words: str):
    one, other = pair
    said = words.format(**other.ids)
    thread = one.ids["thread"] if said == "/record" else ""
    assert_untold(one.say(said, thread=thread), other, said=said)
