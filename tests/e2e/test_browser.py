"""The chat in a real browser, with the real embedded models behind it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pymupdf
import pytest
from playwright.sync_api import Page, expect

from language.catalogue import write_text
from tests.e2e.library import MUNHEON, keyless
from tests.e2e.pages import (
    ANSWER,
    ANSWER_MS,
    CITATION,
    HANGUL,
    SHOWN_MS,
    ChatServer,
    ask,
    screenshot,
    serve_chat,
)
from ui.page.steps import NAMES, name_step

pytestmark = pytest.mark.e2e

STARTERS = [
    write_text("starters.attention"),
    write_text("starters.phi"),
    write_text("starters.solar"),
    write_text("starters.list"),
]


@pytest.fixture(scope="module")
def chat(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    with serve_chat(library, tmp_path_factory.mktemp("chat") / "log") as server:
        yield server


@pytest.fixture(scope="module")
def empty_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    folder = tmp_path_factory.mktemp("empty")
    with serve_chat(folder / "none", folder / "log", OPENAI_API_KEY="never-sent") as server:
        yield server


def test_a_starter_is_answered_with_a_citation_that_opens_its_page(chat: ChatServer, page: Page):
    page.goto(chat.url)
    starters = page.locator("#starters button")
    expect(starters).to_have_count(len(STARTERS))
    assert [text.strip() for text in starters.all_inner_texts()] == STARTERS
    screenshot(page, "chat-1-start")

    starters.filter(has_text=STARTERS[2]).click()
    under_way = f"{name_step('translate')}…"
    expect(page.get_by_text(under_way)).to_be_visible(timeout=SHOWN_MS)
    assert page.locator(ANSWER).count() == 0
    screenshot(page, "chat-2-steps-under-way")

    expect(page.locator(CITATION).first).to_be_visible(timeout=ANSWER_MS)
    assert HANGUL.search(page.locator(ANSWER).inner_text().split("[1]")[0])
    screenshot(page, "chat-3-answer")

    page.get_by_role("button", name="근거").first.click()
    steps = page.locator('[data-step-type="tool"] button').all_inner_texts()
    names = [name_step(node) for node in NAMES if node != "fallback"]
    shown = [name for step in steps for name in names if re.match(rf"{name}( |$)", step)]
    assert shown == names
    page.get_by_role("button", name="검색 ·").click()
    expect(page.locator("table")).to_contain_text("BM25")
    screenshot(page, "chat-4-search")

    source = page.locator(ANSWER).get_by_text(re.compile(r"^\[1\] .* · \d+쪽$"))
    number = re.search(r"(\d+)쪽$", source.inner_text())[1]
    page.locator(CITATION).first.click()
    expect(page.locator("#side-view-title")).to_contain_text(f"{number}쪽", timeout=SHOWN_MS)
    expect(page.locator("#side-view-content")).to_contain_text(f"{number} / ")
    canvas = page.locator("#side-view-content canvas")
    expect(canvas).to_be_visible()
    page.wait_for_function(PAINTED)
    page.wait_for_function(MARKED)
    screenshot(page, "chat-5-page")


# The page is drawn when some of it is dark.
PAINTED = """() => {
    const canvas = document.querySelector("#side-view-content canvas");
    const size = [canvas.width, canvas.height];
    const pixels = canvas.getContext("2d").getImageData(0, 0, ...size).data;
    return pixels.some((value, at) => at % 4 === 0 && value < 100 && pixels[at + 3] > 200);
}"""


# The first mark's yellow, laid over white paper.
MARKED = """() => {
    const canvas = document.querySelector("#side-view-content canvas");
    const size = [canvas.width, canvas.height];
    const pixels = canvas.getContext("2d").getImageData(0, 0, ...size).data;
    let marked = 0;
    for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at] > 240 && pixels[at + 1] > 215 && pixels[at + 2] < 140) marked += 1;
    }
    return marked > 200;
}"""


def test_sources_come_in_korean_and_can_be_copied(chat: ChatServer, page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(chat.url)
    expect(page.locator("#starters button").first).to_be_enabled()
    ask(page, "SOLAR 10.7B는 어떤 모델의 구조를 바탕으로 만들었나요?")
    expect(page.locator(CITATION).first).to_be_visible(timeout=ANSWER_MS)
    quotes = page.locator(f"{ANSWER} blockquote")
    assert not HANGUL.search(quotes.first.inner_text())

    page.get_by_role("button", name="근거를 한국어로").click()
    expect(quotes.first).to_contain_text(HANGUL, timeout=SHOWN_MS)
    expect(page.get_by_role("button", name="근거를 한국어로")).to_have_count(0, timeout=SHOWN_MS)
    page.get_by_role("button", name="근거까지 복사").click()
    expect(page.get_by_text("마크다운으로 복사했습니다")).to_be_visible()
    screenshot(page, "chat-9-korean")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.count("[1]") >= 2
    assert "\n> " in copied
    assert "#cite" not in copied


def test_a_question_that_says_nothing_is_told_so_and_the_next_is_answered(
    chat: ChatServer, page: Page
):
    page.goto(chat.url)
    expect(page.locator("#starters button").first).to_be_enabled()

    ask(page, "그럼?")
    expect(page.locator(ANSWER).last).to_contain_text("무엇을 찾을지", timeout=SHOWN_MS)
    ask(page, "그럼?")
    expect(page.locator(ANSWER)).to_have_count(2)
    expect(page.locator(ANSWER).last).to_contain_text("무엇을 찾을지")
    screenshot(page, "chat-6-vague")

    ask(page, "How many tokens was Phi-3-mini trained on?")
    expect(page.locator(CITATION).first).to_be_visible(timeout=ANSWER_MS)
    assert HANGUL.search(page.locator(ANSWER).last.inner_text())
    screenshot(page, "chat-7-english")


def test_a_cited_paper_is_served_to_its_reader_alone(chat: ChatServer, page: Page):
    page.goto(chat.url)
    expect(page.locator("#starters button").first).to_be_enabled()
    ask(page, "Phi-3-mini는 몇 토큰으로 학습했나요?")
    expect(page.locator(CITATION).first).to_be_visible(timeout=ANSWER_MS)
    with page.expect_response("**/cited/**") as opened:
        page.locator(CITATION).first.click()

    with pymupdf.open(stream=opened.value.body()) as served:
        assert any(annotation.type[1] == "Highlight" for on in served for annotation in on.annots())
    assert httpx.get(opened.value.url).status_code == 401


def test_other_sites_cannot_talk_to_the_chat(chat: ChatServer):
    handshake = f"{chat.url}/ws/socket.io/?EIO=4&transport=polling"

    assert httpx.get(handshake, headers={"Origin": chat.url}).status_code == 200
    assert httpx.get(handshake, headers={"Origin": "http://other.example"}).status_code == 403


def test_an_empty_library_says_how_to_fill_it(empty_chat: ChatServer, page: Page):
    page.goto(empty_chat.url)
    expect(page.locator(ANSWER)).to_contain_text("munheon index 폴더")

    ask(page, STARTERS[0])
    expect(page.locator(ANSWER)).to_have_count(2)
    expect(page.locator(ANSWER).last).to_contain_text("munheon index 폴더")
    screenshot(page, "chat-8-empty")


def test_a_taken_port_is_one_line(chat: ChatServer, library: Path):
    port = str(urlsplit(chat.url).port)
    command = [MUNHEON, "chat", "--headless", "--port", port]
    done = subprocess.run(
        command, env=keyless(library), capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "--port" in done.stderr


def test_nothing_went_wrong_unseen(chat: ChatServer, empty_chat: ChatServer):
    for log in (chat.log.read_text("utf-8"), empty_chat.log.read_text("utf-8")):
        assert "Traceback" not in log
        errors = [line for line in log.splitlines() if " ERROR " in line]
        assert all("not an accepted origin" in line for line in errors)
