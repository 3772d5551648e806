"""Conversations in a real browser, with a scripted model: kept, resumed, asked again."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from language.catalogue import Language, write_text
from tests.e2e.pages import ANSWER, CITATION, ChatServer, ask, open_page, screenshot
from tests.fake_openai import Exchange, FakeOpenAI

pytestmark = pytest.mark.e2e

SOON_MS = 60_000
QUESTION, FOLLOW_UP = "SOLAR는 층이 몇 개인가요?", "그럼 그 모델의 크기는요?"
AGAIN = "다시 묻기"


@pytest.fixture
def slow_answers(model: FakeOpenAI) -> Iterator[None]:
    """The model writes its answers in twelve seconds: a busy machine reloads a page meanwhile."""

    def write_slowly(exchange: Exchange) -> None:
        exchange.send_words(model.reply(exchange.asked), seconds=12)

    model.always["answer"] = write_slowly
    yield
    del model.always["answer"]


def open_chat(page: Page, chat: ChatServer) -> None:
    page.goto(chat.url)
    expect(page.locator("#chat-input")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("#starters button").first).to_be_enabled()


def ask_first(page: Page, chat: ChatServer) -> str:
    """Ask in a new conversation, and wait for its answer; its address."""
    open_chat(page, chat)
    ask(page, QUESTION)
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page).to_have_url(re.compile("/thread/[0-9a-f-]{36}$"))
    return page.url


def count_rows(chat: ChatServer, address: str, table: str) -> int:
    """The rows of a conversation in one table of chats.db."""
    thread = address.rpartition("/")[2]
    with closing(sqlite3.connect(chat.home / "chats.db")) as connection:
        query = f'SELECT COUNT(*) FROM {table} WHERE "threadId" = ?'
        return int(connection.execute(query, (thread,)).fetchone()[0])


def test_a_conversation_is_the_same_after_a_reload_and_a_restart(chat: ChatServer, page: Page):
    address = ask_first(page, chat)
    ask(page, FOLLOW_UP)
    expect(page.locator(ANSWER)).to_have_count(2, timeout=SOON_MS)
    expect(page.locator("#stop-button")).to_have_count(0, timeout=SOON_MS)
    said, steps = page.locator(ANSWER).all_inner_texts(), count_rows(chat, address, "steps")

    page.reload()
    expect(page.locator(ANSWER)).to_have_count(2, timeout=SOON_MS)
    assert page.locator(ANSWER).all_inner_texts() == said

    chat.kill()
    chat.start()
    page.goto(address)
    expect(page.locator(ANSWER)).to_have_count(2, timeout=SOON_MS)
    assert page.locator(ANSWER).all_inner_texts() == said
    expect(page.get_by_role("button", name=write_text("buttons.copy"))).to_have_count(2)
    screenshot(page, "conversation-1-resumed")

    page.locator(CITATION).first.click()
    expect(page.locator("#side-view-title")).to_contain_text("쪽", timeout=SOON_MS)
    expect(page.locator("#side-view-content canvas")).to_be_visible(timeout=SOON_MS)
    assert count_rows(chat, address, "steps") == steps
    assert count_rows(chat, address, "answers") == 2


def test_a_follow_up_leans_on_what_was_said_before_a_restart(
    chat: ChatServer, page: Page, model: FakeOpenAI
):
    address = ask_first(page, chat)
    chat.kill()
    chat.start()
    page.goto(address)
    expect(page.locator(ANSWER)).to_have_count(1, timeout=SOON_MS)
    before = len(model.requests)

    ask(page, FOLLOW_UP)
    expect(page.locator(ANSWER)).to_have_count(2, timeout=SOON_MS)

    [translated, *_] = [one for one in model.requests[before:] if one.task == "translate"]
    assert QUESTION in translated.text


def test_a_reload_in_mid_answer_shows_the_rest(chat: ChatServer, page: Page, slow_answers: None):
    open_chat(page, chat)
    ask(page, QUESTION)
    expect(page.locator(ANSWER)).to_have_count(1, timeout=SOON_MS)
    expect(page).to_have_url(re.compile("/thread/"))

    page.reload()

    expect(page.locator("#stop-button")).to_be_visible(timeout=SOON_MS)
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator("#stop-button")).to_have_count(0)
    assert count_rows(chat, page.url, "answers") == 1


def test_a_question_that_a_crash_broke_off_is_asked_again_with_one_click(
    chat: ChatServer, page: Page, slow_answers: None
):
    open_chat(page, chat)
    ask(page, QUESTION)
    expect(page.locator(ANSWER)).to_have_count(1, timeout=SOON_MS)
    address = page.url
    chat.kill()
    # Who comes back to the tab while the server is away: the page asks who is signed in, once in 5 s.
    page.wait_for_timeout(6_000)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(2_000)
    assert page.url == address
    chat.start()

    page.goto(address)
    broken_off = write_text("conversation.broken_off")
    expect(page.locator(ANSWER)).to_have_text(broken_off, timeout=SOON_MS)
    expect(page.locator(".loading-shimmer")).to_have_count(0)
    screenshot(page, "conversation-2-broken-off")
    page.get_by_role("button", name=AGAIN).click()

    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator(ANSWER)).to_have_count(1)
    assert count_rows(chat, page.url, "answers") == 1


def test_a_stop_keeps_what_stood_and_can_be_asked_again(
    chat: ChatServer, page: Page, slow_answers: None
):
    open_chat(page, chat)
    ask(page, QUESTION)
    expect(page.locator(ANSWER)).to_contain_text("SOLAR는", timeout=SOON_MS)

    page.locator("#stop-button").click()

    expect(page.locator(ANSWER)).to_contain_text(write_text("conversation.stopped_answer"))
    expect(page.locator(ANSWER)).to_contain_text("SOLAR는")
    expect(page.locator(CITATION)).to_have_count(0)
    page.get_by_role("button", name=AGAIN).click()
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator(ANSWER)).to_have_count(1)


def test_an_error_is_one_sentence_and_asks_again(chat: ChatServer, page: Page, model: FakeOpenAI):
    def refuse(exchange: Exchange) -> None:
        exchange.send('{"error": {"message": "bad key"}}', status=401)

    model.always["translate"] = refuse
    open_chat(page, chat)
    ask(page, QUESTION)
    expect(page.get_by_role("button", name=AGAIN)).to_be_visible(timeout=SOON_MS)
    screenshot(page, "conversation-3-error")

    del model.always["translate"]
    page.get_by_role("button", name=AGAIN).click()
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator(ANSWER)).to_have_count(1)


def test_one_that_was_just_begun_is_left_when_it_is_deleted(chat: ChatServer, page: Page):
    address = ask_first(page, chat)
    row = page.locator(f"#thread-{address.rpartition('/')[2]}")
    row.hover()
    row.locator("#thread-options").click(force=True)
    page.locator("#delete-thread").click()
    page.get_by_role("alertdialog").get_by_role("button").last.click()

    expect(page.get_by_text(write_text("commands.deleted"))).to_be_visible(timeout=SOON_MS)
    expect(page).to_have_url(f"{chat.url}/")
    expect(page.locator(ANSWER)).to_have_count(0)

    ask(page, "/undo")
    expect(page.locator(f'a[href$="{address.rpartition("/")[2]}"]').last).to_be_visible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_link_that_leads_to_nothing_leads_to_a_new_chat(
    chat: ChatServer, browser: Browser, language: Language
):
    with open_page(browser, locale={"ko": "ko-KR", "en": "en-US"}[language]) as page:
        page.goto(f"{chat.url}/thread/91d4e622-8911-4e92-8ba6-19947c6bc3d9")

        told = write_text("conversation.not_there", language=language)
        expect(page.get_by_text(told)).to_be_visible(timeout=SOON_MS)
        expect(page).to_have_url(f"{chat.url}/")
        expect(page.get_by_text("resume")).to_have_count(0)
        ask(page, QUESTION)
        expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
