"""Commands, traces, thumbs and exports in a real browser, with a scripted model."""

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from language.catalogue import write_text
from tests.e2e.library import MUNHEON, keyless
from tests.e2e.pages import ANSWER, CITATION, ChatServer, ask, screenshot
from tests.fake_openai import FakeOpenAI

pytestmark = pytest.mark.e2e

SOON_MS = 60_000
QUESTION = "SOLAR는 층이 몇 개인가요?"


@pytest.fixture
def opened(page: Page, chat: ChatServer) -> Page:
    """A new conversation."""
    page.goto(chat.url)
    expect(page.locator("#chat-input")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("#starters button").first).to_be_enabled()
    return page


def ask_first(page: Page) -> str:
    """Ask, and wait for the answer; the conversation's address."""
    ask(page, QUESTION)
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page).to_have_url(re.compile("/thread/[0-9a-f-]{36}$"))
    expect(page.locator("#stop-button")).to_have_count(0, timeout=SOON_MS)
    return page.url


def read_rows(chat: ChatServer, query: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(chat.home / "chats.db")) as connection:
        return connection.execute(query, values).fetchall()


def count_chats(model: FakeOpenAI) -> int:
    """How often a chat model was asked."""
    return sum(one.task != "embed" for one in model.requests)


def test_a_search_asks_no_model_and_its_marks_open_pages_after_a_restart(
    opened: Page, chat: ChatServer, model: FakeOpenAI
):
    before = count_chats(model)
    ask(opened, "/검색 SOLAR layers")
    expect(opened.locator(f"{ANSWER} table")).to_be_visible(timeout=SOON_MS)
    expect(opened).to_have_url(re.compile("/thread/"))
    screenshot(opened, "commands-1-search")
    assert count_chats(model) == before

    chat.kill()
    chat.start()
    opened.reload()
    expect(opened.locator(f"{ANSWER} table")).to_be_visible(timeout=SOON_MS)
    opened.locator(CITATION).first.click()

    expect(opened.locator("#side-view-title")).to_contain_text("[1]", timeout=SOON_MS)
    expect(opened.locator("#side-view-content canvas")).to_be_visible(timeout=SOON_MS)
    expect(opened.get_by_role("button", name="다시 묻기")).to_have_count(0)


def test_the_menu_offers_commands_and_the_first_one_names_the_conversation(opened: Page):
    opened.locator("#chat-input").fill("/papers")
    expect(opened.locator(".command-item")).to_have_count(1)
    opened.keyboard.press("Enter")
    opened.keyboard.press("Enter")

    expect(opened.locator(ANSWER)).to_contain_text("solar.pdf", timeout=SOON_MS)
    expect(opened).to_have_url(re.compile("/thread/"))


def test_an_unknown_command_names_the_others(opened: Page, model: FakeOpenAI):
    before = count_chats(model)
    ask(opened, "/없는말 아무거나")

    expect(opened.locator(ANSWER)).to_contain_text("/search(/검색)", timeout=SOON_MS)
    ask(opened, "/help")
    expect(opened.locator(ANSWER).last).to_contain_text("munheon feedback")
    assert count_chats(model) == before


def test_the_steps_say_why_and_the_trace_can_be_copied(opened: Page, chat: ChatServer):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=chat.url)
    ask_first(opened)
    address = opened.url

    opened.get_by_role("button", name=write_text("buttons.trace")).click()
    expect(opened.get_by_text(write_text("buttons.trace_copied")[:10])).to_be_visible()
    report = opened.evaluate("navigator.clipboard.readText()")
    facts = json.loads(report.partition("```json\n")[2].rpartition("\n```")[0])

    assert facts["record"]["question"] == QUESTION
    assert facts["record"]["made_with"]["chat"] == "openai:gpt-4o-mini"
    assert facts["record"]["made_with"]["library"]["papers"] > 1
    assert set(facts["record"]["dropped"].values()) <= {"not_named"}
    assert "test-key" not in report
    thread = address.rpartition("/")[2]
    said = read_rows(chat, 'SELECT output FROM steps WHERE "threadId" = ?', thread)
    assert any(write_text("trace.kept") in str(output) for (output,) in said)


def test_a_thumb_is_kept_with_its_answer_and_becomes_a_question(opened: Page, chat: ChatServer):
    address = ask_first(opened)
    opened.locator(".positive-feedback-off").last.click()
    opened.get_by_role("dialog").locator("textarea").fill("맞아요")
    opened.get_by_role("dialog").get_by_role("button").filter(has_not_text="취소").first.click()
    thread = address.rpartition("/")[2]
    query = 'SELECT value, comment FROM feedbacks WHERE "threadId" = ?'
    expect(opened.locator(".positive-feedback-on")).to_have_count(1)
    assert read_rows(chat, query, thread) == [(1, "맞아요")]

    opened.reload()
    expect(opened.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(opened.locator(".positive-feedback-on")).to_have_count(1)
    exported = subprocess.run(
        [MUNHEON, "feedback", "export"], env=keyless(chat.home), check=True, capture_output=True
    )
    [row] = map(json.loads, exported.stdout.decode().splitlines())
    assert (row["question"], row["comment"]) == (QUESTION, "맞아요")
    assert row["answer_must_include"] == [["48"]]


def test_a_conversation_is_downloaded_with_its_evidence(opened: Page):
    ask_first(opened)
    ask(opened, "/내보내기")
    link = opened.get_by_role("link", name="마크다운으로 내려받기")
    expect(link).to_be_visible(timeout=SOON_MS)

    with opened.expect_download() as download:
        link.click(modifiers=[])

    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename.startswith("SOLAR는 층이 몇 개인가요")
    assert f"## {QUESTION}" in text
    assert "> SOLAR has 48 layers." in text


def test_a_deleted_conversation_comes_back(opened: Page, chat: ChatServer):
    address = ask_first(opened)
    thread = address.rpartition("/")[2]
    row = opened.locator(f"#thread-{thread}")
    row.hover()
    row.locator("#thread-options").click()
    opened.locator("#delete-thread").click()
    opened.get_by_role("alertdialog").get_by_role("button").last.click()
    expect(opened.get_by_text("/undo(/되돌리기)").first).to_be_visible(timeout=SOON_MS)

    ask(opened, "/되돌리기")
    link = opened.get_by_role("link", name="열기")
    expect(link).to_have_attribute("href", f"/thread/{thread}", timeout=SOON_MS)
    screenshot(opened, "commands-2-undo")
    opened.goto(address)
    expect(opened.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
