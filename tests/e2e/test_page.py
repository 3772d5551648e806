"""The chat page in a real browser, with a scripted model: settings, phones, keyboards, languages."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from language.catalogue import write_text
from tests.e2e.pages import (
    ANSWER,
    CITATION,
    ChatServer,
    ask,
    find_grave_faults,
    open_page,
    screenshot,
    serve_chat,
)
from tests.fake_openai import FakeOpenAI

pytestmark = pytest.mark.e2e

SOON_MS = 60_000
QUESTION = "SOLAR는 층이 몇 개인가요?"
HEADER, CHANGED = "#munheon-header", "#munheon-changed"
PANEL, PAPER = "#side-view-content", "#side-view-content canvas"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def model(model: FakeOpenAI) -> FakeOpenAI:
    """It offers a second model."""
    model.lists["/v1/models"] = {"data": [{"id": "gpt-4o-mini"}, {"id": "gpt-4o"}]}
    return model


def open_chat(page: Page, chat: ChatServer) -> None:
    page.goto(chat.url)
    expect(page.locator("#starters button").first).to_be_enabled(timeout=SOON_MS)
    expect(page.locator(HEADER)).to_contain_text("gpt-4o", timeout=SOON_MS)


def ask_and_wait(page: Page, question: str = QUESTION) -> None:
    ask(page, question)
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator("#stop-button")).to_have_count(0, timeout=SOON_MS)


def open_source(page: Page) -> None:
    page.locator(CITATION).first.click()
    expect(page.locator(PAPER)).to_be_visible(timeout=SOON_MS)


def open_settings(page: Page) -> None:
    page.locator("#chat-settings-open-modal").click()
    expect(page.locator("#chat-settings")).to_be_visible()


def confirm(page: Page) -> None:
    page.locator("#chat-settings #confirm").click()
    expect(page.locator("#chat-settings")).to_have_count(0)


def choose(page: Page, field: str, value: str) -> None:
    page.locator(f"#chat-settings #{field}").click()
    page.get_by_role("option", name=value).click()


def test_settings_change_the_search_and_are_kept(chat: ChatServer, page: Page, model: FakeOpenAI):
    open_chat(page, chat)
    expect(page.locator(CHANGED)).to_be_hidden()
    open_settings(page)
    page.get_by_role("slider", name=write_text("preferences.passages")).press("Home")
    choose(page, "length", write_text("preferences.full"))
    choose(page, "steps", write_text("preferences.open"))
    choose(page, "model", "openai:gpt-4o")
    confirm(page)
    one_passage = write_text("preferences.some_passages", passages=1)
    expect(page.locator(CHANGED)).to_contain_text(one_passage)
    expect(page.locator(HEADER)).to_contain_text("gpt-4o ·")
    screenshot(page, "page-1-settings-changed")

    ask_and_wait(page)
    expect(page.locator(".step").filter(has_text="구절 1개").first).to_be_visible()
    [*_, answered] = [one for one in model.requests if one.task == "answer"]
    assert answered.body["model"] == "gpt-4o"
    assert "in full" in answered.text

    chat.kill()
    chat.start()
    page.goto(page.url)
    expect(page.locator(ANSWER)).to_have_count(1, timeout=SOON_MS)
    expect(page.locator(CHANGED)).to_contain_text(one_passage, timeout=SOON_MS)
    open_settings(page)
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "1")

    page.locator("#chat-settings #reset").click()
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "8")
    confirm(page)
    expect(page.locator(CHANGED)).to_be_hidden()


def test_the_source_fills_a_phone_and_back_closes_it(chat: ChatServer, browser: Browser):
    with open_page(browser, **PHONE) as page:
        open_chat(page, chat)
        ask_and_wait(page)
        open_source(page)
        page.wait_for_timeout(800)
        panel, paper = page.locator(PANEL).bounding_box(), page.locator(PAPER).bounding_box()
        assert panel
        assert paper
        assert panel["width"] > 360
        assert paper["x"] >= 0
        assert paper["x"] + paper["width"] <= 390
        assert find_grave_faults(page) == []
        screenshot(page, "page-2-phone-source")

        page.go_back()
        expect(page.locator(PANEL)).to_have_count(0)
        expect(page.locator(ANSWER)).to_have_count(1)
        open_source(page)
        page.get_by_role("button", name=write_text("page.close")).click()
        expect(page.locator(PANEL)).to_have_count(0)
        expect(page.locator(ANSWER)).to_have_count(1)
        screenshot(page, "page-3-phone")


def test_the_paper_fits_its_panel_and_escape_closes_it(chat: ChatServer, page: Page):
    open_chat(page, chat)
    ask_and_wait(page)
    open_source(page)
    for width in (1400, 1000, 1900):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(800)
        panel, paper = page.locator(PANEL).bounding_box(), page.locator(PAPER).bounding_box()
        assert panel
        assert paper
        assert paper["x"] >= panel["x"]
        assert paper["x"] + paper["width"] <= panel["x"] + panel["width"]

    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)


def test_a_question_sent_before_the_page_is_connected_is_answered(chat: ChatServer, page: Page):
    held: list[Route] = []
    page.route("**/set-session-cookie", lambda route: held.append(route))
    page.goto(chat.url)
    page.locator("#chat-input").fill(QUESTION)
    page.locator("#chat-input").press("Enter")
    page.wait_for_timeout(500)
    expect(page.locator("#chat-input")).to_have_value(QUESTION)

    for route in held:
        route.continue_()

    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator("#chat-input")).to_have_value("")


def test_a_new_chat_asks_nothing(chat: ChatServer, page: Page):
    open_chat(page, chat)
    ask_and_wait(page)

    page.get_by_role("button", name=write_text("page.new_chat")).first.click()

    expect(page.locator(ANSWER)).to_have_count(0)
    expect(page.locator("#starters button").first).to_be_visible()
    expect(page.locator(HEADER)).to_contain_text("gpt-4o-mini")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_screen_readers_find_names_for_everything(chat: ChatServer, page: Page, theme: str):
    page.add_init_script(f"localStorage.setItem('vite-ui-theme', '{theme}')")
    open_chat(page, chat)
    assert find_grave_faults(page) == []
    open_settings(page)
    assert find_grave_faults(page) == []
    page.keyboard.press("Escape")
    ask_and_wait(page)
    open_source(page)
    assert find_grave_faults(page) == []
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    screenshot(page, f"page-4-{theme}")


def test_an_english_browser_gets_an_english_page(chat: ChatServer, browser: Browser):
    with open_page(browser, locale="en-GB") as page:
        open_chat(page, chat)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#chat-input")).to_have_attribute("placeholder", re.compile("^Ask"))
        expect(page.locator("#theme-toggle")).to_have_accessible_name(
            write_text("page.theme", language="en")
        )
        open_settings(page)
        choose(page, "language", write_text("preferences.korean", language="en"))
        page.locator("#chat-settings #confirm").click()

        expect(page.locator("html")).to_have_attribute("lang", "ko", timeout=SOON_MS)
        expect(page.locator("#chat-input")).to_have_attribute("placeholder", re.compile("^논문"))
        open_settings(page)
        choose(page, "language", write_text("preferences.auto"))
        page.locator("#chat-settings #confirm").click()
        expect(page.locator("html")).to_have_attribute("lang", "en", timeout=SOON_MS)


def test_a_lost_connection_is_told_until_it_is_back(chat: ChatServer, page: Page):
    open_chat(page, chat)
    chat.kill()
    expect(page.locator("#session-error")).to_contain_text("연결이 끊겼습니다", timeout=SOON_MS)
    chat.start()
    expect(page.locator("#session-error")).to_have_count(0, timeout=SOON_MS)
    ask_and_wait(page)


def test_a_missing_key_is_told_when_the_page_opens(
    browser: Browser, indexed_once: Path, tmp_path: Path
):
    home = shutil.copytree(indexed_once, tmp_path / "data")
    names = {
        "MUNHEON_CHAT_MODEL": "openai:gpt-4o-mini",
        "MUNHEON_EMBEDDING_MODEL": "openai:text-embedding-3-small",
        "CHAINLIT_AUTH_SECRET": "s" * 64,
    }
    with serve_chat(home, tmp_path / "log", **names) as server, open_page(browser) as page:
        page.goto(server.url)
        expect(page.locator(ANSWER)).to_contain_text("OPENAI_API_KEY", timeout=SOON_MS)
        screenshot(page, "page-5-no-key")
