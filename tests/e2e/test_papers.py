"""The papers panel in a real browser: papers come, are found, renamed, removed, collected and asked."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from language.catalogue import write_text
from tests.e2e.pages import (
    ANSWER,
    CITATION,
    ChatServer,
    ask,
    find_grave_faults,
    open_page,
    screenshot,
)
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf

pytestmark = pytest.mark.e2e

SOON_MS = 60_000
PANEL, QUEUE, ROWS = "#munheon-papers", "#papers-queue li", "#papers-table tbody tr"
HEADER = "#munheon-header"
NEW = "The Harrow model has 73 layers.\nIt was trained for nine days."


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A paper, a text, and a file that only calls itself a PDF."""
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    notes = tmp_path / "notes.md"
    notes.write_text("# Notes on Tarn\n\nTarn reads two papers a day.\n", "utf-8")
    return [make_pdf(tmp_path / "harrow.pdf", NEW, title="Harrow in Depth"), notes, broken]


@pytest.fixture
def panel(chat: ChatServer, page: Page) -> Page:
    open_panel(page, chat)
    return page


def open_panel(page: Page, chat: ChatServer) -> None:
    page.goto(chat.url)
    expect(page.locator(HEADER)).to_contain_text("gpt-4o-mini", timeout=SOON_MS)
    page.locator("#munheon-papers-button").click()
    expect(page.locator(ROWS)).not_to_have_count(0, timeout=SOON_MS)


def add(page: Page, *files: Path) -> None:
    page.set_input_files("#papers-adding input[type=file]", list(files))


def queued(page: Page, name: str, state: str) -> Locator:
    """What is on its way by a name, once it is in a state."""
    found = page.locator(QUEUE).filter(has_text=name)
    expect(found).to_have_attribute("data-state", state, timeout=SOON_MS)
    return found


def row(page: Page, title: str) -> Locator:
    return page.locator(ROWS).filter(has_text=title)


def act(page: Page, title: str, action: str) -> None:
    """Choose something from the menu of a paper."""
    row(page, title).get_by_role("button", name=label("actions_of", title=title)).click()
    page.get_by_role("menuitem", name=label(action)).click()


def label(key: str, **values: object) -> str:
    return write_text(f"paper_panel.{key}", **values)


def count_ready(chat: ChatServer, name: str) -> int:
    with sqlite3.connect(chat.home / "library.db") as connection:
        asked = "select count(*) from documents where name = ? and state = 'ready'"
        return int(connection.execute(asked, [name]).fetchone()[0])


def test_three_files_come_one_of_them_broken_and_one_is_asked(
    chat: ChatServer, panel: Page, model: FakeOpenAI, files: list[Path]
):
    add(panel, *files)
    queued(panel, "harrow.pdf", "ready")
    queued(panel, "notes.md", "ready")
    expect(queued(panel, "broken.pdf", "failed")).to_contain_text("손상")
    expect(row(panel, "Harrow in Depth")).to_have_count(1, timeout=SOON_MS)
    expect(panel.locator(HEADER)).to_contain_text("5편", timeout=SOON_MS)
    screenshot(panel, "papers-1-added")
    assert [count_ready(chat, file.name) for file in files] == [1, 1, 0]

    act(panel, "Harrow in Depth", "ask_this")
    expect(panel.locator(HEADER)).to_contain_text("고른 논문 1편", timeout=SOON_MS)
    panel.keyboard.press("Escape")
    model.replies["translate"] = "How many layers does Harrow have?"
    model.replies["answer"] = "Harrow는 층이 73개입니다 [1]."
    ask(panel, "Harrow는 층이 몇 개인가요?")
    expect(panel.locator(ANSWER).last).to_contain_text("73", timeout=SOON_MS)
    expect(panel.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    [*_, answered] = [one for one in model.requests if one.task == "answer"]
    read = str(answered.body["messages"][-1])
    assert "73 layers" in read
    assert "48 layers" not in read
    panel.locator("#munheon-papers-button").click()
    panel.get_by_role("button", name=label("ask_all")).click()
    expect(panel.locator(HEADER)).to_contain_text("논문 5편", timeout=SOON_MS)


def test_an_encrypted_pdf_opens_with_its_password(chat: ChatServer, panel: Page, tmp_path: Path):
    locked = make_pdf(tmp_path / "locked.pdf", "Kept under lock.", password="열쇠 7")
    add(panel, locked)
    entry = queued(panel, "locked.pdf", "locked")
    for password, state in (("wrong", "locked"), ("열쇠 7", "ready")):
        entry.get_by_label(label("password")).fill(password)
        entry.get_by_role("button", name=label("unlock")).click()
        queued(panel, "locked.pdf", state)
    assert count_ready(chat, "locked.pdf") == 1


def test_a_paper_is_renamed_found_removed_and_brought_back(chat: ChatServer, panel: Page):
    title = panel.locator(f"{ROWS} button.title").first.inner_text()
    act(panel, title, "rename")
    field = panel.get_by_label(label("new_title"))
    field.fill("내가 붙인 <b>제목</b>")
    field.press("Enter")
    expect(row(panel, "내가 붙인 <b>제목</b>")).to_have_count(1, timeout=SOON_MS)
    before = panel.locator(ROWS).count()

    panel.get_by_label(label("find")).fill("붙인")
    expect(panel.locator(ROWS)).to_have_count(1)
    act(panel, "내가 붙인 <b>제목</b>", "remove")
    expect(panel.get_by_text(label("none_found"))).to_be_visible(timeout=SOON_MS)
    panel.get_by_label(label("find")).fill("")
    expect(panel.locator(ROWS)).to_have_count(before - 1)
    panel.keyboard.press("Escape")
    panel.locator("#papers-toast").get_by_role("button", name=label("undo")).click()
    panel.locator("#munheon-papers-button").click()
    expect(panel.locator(ROWS)).to_have_count(before, timeout=SOON_MS)

    act(panel, "내가 붙인 <b>제목</b>", "rename")
    panel.get_by_label(label("new_title")).fill("")
    panel.get_by_label(label("new_title")).press("Enter")
    expect(row(panel, title)).to_have_count(1, timeout=SOON_MS)


def test_a_collection_is_made_asked_and_deleted_in_one_tab_and_seen_in_another(
    chat: ChatServer, panel: Page, browser: Browser
):
    panel.locator(f"{ROWS} input[type=checkbox]").first.check()
    panel.get_by_role("button", name=label("make_collection")).click()
    panel.get_by_role("textbox", name=label("collection_name")).fill("층 이야기")
    panel.keyboard.press("Enter")
    ask_it = panel.get_by_role("button", name=label("ask_collection", name="층 이야기"))
    ask_it.click()
    expect(panel.locator(HEADER)).to_contain_text("모음 ‘층 이야기’ 1편", timeout=SOON_MS)
    with open_page(browser) as other:
        open_panel(other, chat)
        expect(other.locator(HEADER)).to_contain_text("모음 ‘층 이야기’ 1편")
        other.get_by_role("button", name=re.compile("^층 이야기")).click()
        expect(other.locator(ROWS)).to_have_count(1)

    delete_collection(panel, "층 이야기")
    expect(panel.locator(HEADER)).not_to_contain_text("모음", timeout=SOON_MS)
    assert find_scope(panel) == {"kind": "all", "words": None}


def delete_collection(page: Page, name: str) -> None:
    page.get_by_role("button", name=label("actions_of", title=name)).click()
    page.get_by_role("menuitem", name=label("delete_collection")).click()
    expect(page.locator("#papers-collections li")).to_have_count(0, timeout=SOON_MS)


def find_scope(page: Page) -> object:
    """Which papers are asked, as the server says."""
    return page.evaluate("fetch('/papers').then((reply) => reply.json())")["scope"]


def test_another_tab_of_the_browser_shows_what_one_changes(chat: ChatServer, browser: Browser):
    with browser.new_context(locale="ko-KR") as context:
        panel, other = context.new_page(), context.new_page()
        other.goto(chat.url)
        expect(other.locator(HEADER)).to_contain_text("gpt-4o-mini", timeout=SOON_MS)
        open_panel(panel, chat)
        boxes = panel.locator(f"{ROWS} input[type=checkbox]")
        boxes.nth(0).check()
        boxes.nth(1).check()
        panel.get_by_role("button", name=label("make_collection")).click()
        panel.get_by_role("textbox", name=label("collection_name")).fill("두 탭")
        panel.keyboard.press("Enter")
        panel.get_by_role("button", name=label("ask_collection", name="두 탭")).click()
        expect(other.locator(HEADER)).to_contain_text("모음 ‘두 탭’ 2편", timeout=SOON_MS)

        panel.get_by_role("button", name=re.compile("^두 탭")).click()
        title = panel.locator(f"{ROWS} button.title").first.inner_text()
        act(panel, title, "take_out")
        expect(panel.locator(ROWS)).to_have_count(1, timeout=SOON_MS)
        expect(other.locator(HEADER)).to_contain_text("모음 ‘두 탭’ 1편", timeout=SOON_MS)
        panel.locator("#papers-toast").get_by_role("button", name=label("undo")).click()
        expect(panel.locator(ROWS)).to_have_count(2, timeout=SOON_MS)

        delete_collection(panel, "두 탭")
        expect(other.locator(HEADER)).not_to_contain_text("모음", timeout=SOON_MS)


def test_an_upload_that_broke_off_is_tried_again(chat: ChatServer, panel: Page, tmp_path: Path):
    late = tmp_path / "late.md"
    late.write_text("# Late\n\nIt came at the second try.\n", "utf-8")
    panel.route("**/papers/files", lambda route: route.abort(), times=1)
    add(panel, late)
    entry = queued(panel, "late.md", "failed")
    expect(entry).to_contain_text(label("no_server"))
    entry.get_by_role("button", name=label("retry")).click()
    queued(panel, "late.md", "ready")
    assert count_ready(chat, "late.md") == 1


def drop(page: Page, target: str, name: str, text: str) -> None:
    """Drop a text file somewhere."""
    page.evaluate(
        """([target, name, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], name));
          for (const kind of ["dragenter", "dragover", "drop"]) {
            document.querySelector(target).dispatchEvent(
              new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
          }
        }""",
        [target, name, text],
    )


def test_files_are_dropped_on_the_panel(panel: Page):
    drop(panel, "#papers-table", "dropped.md", "# Dropped\n\nIt fell from above.")
    queued(panel, "dropped.md", "ready")


def test_a_question_waits_for_the_paper_that_is_dropped_beside_it(
    chat: ChatServer, page: Page, model: FakeOpenAI
):
    page.goto(chat.url)
    expect(page.locator(HEADER)).to_contain_text("gpt-4o-mini", timeout=SOON_MS)
    drop(page, "#chat-input", "nothing.pdf", "%PDF-1.7 but no more")
    drop(page, "#chat-input", "fell.txt", "The Fell model has 19 layers.")
    model.replies["translate"] = "How many layers does Fell have?"
    model.replies["answer"] = "Fell은 층이 19개입니다 [1]."
    ask(page, "Fell은 층이 몇 개인가요?")
    expect(page.locator(ANSWER).last).to_contain_text("19", timeout=SOON_MS)
    expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
    expect(page.locator(HEADER)).to_contain_text("고른 논문 1편")
    failed = page.locator("#munheon-brought li")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("손상")
    screenshot(page, "papers-4-brought")
    page.locator("#papers-toast").get_by_role("button", name=label("undo")).click()
    expect(page.locator(HEADER)).not_to_contain_text("고른", timeout=SOON_MS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_is_there_for_screen_readers_and_the_keyboard(
    chat: ChatServer, page: Page, theme: str
):
    page.add_init_script(f"localStorage.setItem('vite-ui-theme', '{theme}')")
    open_panel(page, chat)
    page.locator(f"{ROWS} input[type=checkbox]").first.check()
    assert find_grave_faults(page) == []
    screenshot(page, f"papers-2-{theme}")
    page.get_by_role("button", name=re.compile("^제목")).press("Enter")
    expect(page.locator("th.title")).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator("#munheon-papers-button")).to_be_focused()


def test_the_panel_fits_a_phone_and_speaks_english(chat: ChatServer, browser: Browser):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with open_page(browser, locale="en-GB", **phone) as page:
        open_panel(page, chat)
        expect(page.get_by_role("heading", name="Papers")).to_be_visible()
        wide = page.evaluate("document.querySelector('#munheon-papers').scrollWidth")
        assert wide <= 390
        assert not re.search("[가-힣]", page.locator("#papers-adding").inner_text())
        page.get_by_role("button", name="Title").click()
        expect(page.locator("th.title")).to_have_attribute("aria-sort", "ascending")
        screenshot(page, "papers-3-phone")
