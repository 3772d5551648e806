"""Two users of a shared server: neither sees, changes or learns of what is the other's, by any door."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from language.catalogue import write_text
from tests.e2e.members import PASSWORD, SOON_MS, Member
from tests.e2e.pages import ChatServer, serve_chat
from tests.e2e.sockets import Refused, make_message, open_socket
from tests.e2e.trespasses import EVENTS, OPEN_DOORS, TRESPASSES, TRIED_APART, fill
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
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
    for name in ("kim", "lee", "park", "jung"):
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
    with open_socket(shared.url, one.cookies) as socket:
        socket.emit("connection_successful")
        socket.hear(until="task_end")
        socket.emit("client_message", make_message("/help"))
        socket.hear(until="task_end", seconds=10)
        for event, given in EVENTS.items():
            for sent in given:
                socket.emit(event, *fill(sent, other.ids))
                socket.hear(until="task_end" if event == "client_message" else "", seconds=0.2)
        assert not socket.is_ended
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


def test_a_link_to_the_others_conversation_is_one_to_nothing(
    shared: ChatServer, pair: tuple[Member, Member]
):
    one, other = pair
    page = one.open_page(f"/thread/{other.ids['thread']}")
    expect(page.get_by_text(write_text("conversation.not_there"))).to_be_visible(timeout=SOON_MS)
    expect(page).to_have_url(f"{shared.url}/")
    expect(page.locator("#starters button").first).to_be_enabled(timeout=SOON_MS)
    assert_untold(page.locator("body").inner_text(), other)
    page.close()


SAID = (
    "/search {word} has how many",
    "/papers",
    "/compare SOLAR, {word}: layers",
    "/compare {word}, Gemma: layers",
    "/export",
    "/undo",
    "/record",
    "어떤 논문이 있나요?",
    "{word} 논문을 요약해 주세요.",
    "{word} 논문의 표 1을 보여 주세요.",
    "{word} 9B의 저자는 누구인가요?",
)


def test_no_words_find_the_others(shared: ChatServer, pair: tuple[Member, Member]):
    one, other = pair
    for said in [words.format(**other.ids) for words in SAID]:
        thread = one.ids["thread"] if said == "/record" else ""
        assert_untold(one.say(said, thread=thread), other, said=said)
    for file in (shared.home / "reports").iterdir():
        if file.stem == one.ids["answer"]:
            assert_untold(file.read_text("utf-8"), other)


def test_another_paper_is_as_unknown_as_one_that_is_not_there(pair: tuple[Member, Member]):
    one, other = pair
    for words in ("/compare SOLAR, {}: layers", "{} 논문을 요약해 주세요."):
        known, unknown = (_read_answers(one, words, name) for name in (other.paper, "Nonesuch"))
        assert known == unknown != []


def _read_answers(one: Member, words: str, name: str) -> list[str]:
    """What is said in the end, without the name that was asked for."""
    heard = one.say(words.format(name)).replace(name, "it")
    return re.findall(r'"output": "([^"]*)", "name": "문헌"', heard)


def test_one_file_of_both_is_two_papers(members: tuple[Member, Member], tmp_path: Path):
    twin = make_pdf(tmp_path / "twin.pdf", "Twin has 5 layers.", title="Twin")
    told = []
    for member in members:
        [arrival] = [one for one in member.upload(twin) if one["name"] == twin.name]
        paper = arrival["paper"]
        [listed] = [one for one in member.list_papers() if one["paper"] == paper]
        told.append({**arrival, **listed, "paper": 0, "arrival": "", "added": ""})
        assert "Twin has 5 layers" in member.say("/search Twin layers")
        member.client.patch(f"/papers/{paper}", json={"title": member.paper}).raise_for_status()
        member.ids["twin"] = paper
    kim, lee = members
    assert told[0] == told[1]

    kim.client.delete(f"/papers/{kim.ids['twin']}").raise_for_status()

    assert lee.client.get(f"/papers/{lee.ids['twin']}/file").content == twin.read_bytes()
    [kept] = [one for one in lee.list_papers() if one["paper"] == lee.ids["twin"]]
    assert kept["title"] == lee.paper
    assert "Twin has 5 layers" in lee.say("/search Twin layers")


def test_who_guesses_passwords_has_to_wait(shared: ChatServer):
    with httpx.Client(base_url=shared.url, headers={"Origin": shared.url}, timeout=30) as client:

        def sign_in(password: str) -> httpx.Response:
            return client.post("/login", data={"username": "park", "password": password})

        tries = [sign_in(f"a wrong password {number}").status_code for number in range(6)]

        assert tries[:3] == [401] * 3
        assert tries[-1] == 429
        waiting = sign_in(PASSWORD)
        assert waiting.status_code == 429
        assert int(waiting.headers["Retry-After"]) > 0


def test_who_signs_out_is_out_in_every_tab(shared: ChatServer, browser: Browser):
    jung = Member("jung", "", "", shared)
    context = browser.new_context(locale="ko-KR")
    tab = jung.sign_in(context)
    with open_socket(shared.url, jung.cookies) as socket:
        context.request.post(f"{shared.url}/logout", headers={"Origin": shared.url})
        socket.hear(until="reload", seconds=10)
        assert socket.is_ended
    expect(tab.locator("#password")).to_be_visible(timeout=SOON_MS)
    jung.client.close()
    context.close()
