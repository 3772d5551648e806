"""How soon a page of the chat can be used, in chromium: `make pages`.

An empty chat, a conversation of a hundred turns, and a list of five hundred conversations, which
are made directly in chats.db.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.chat.server import Server, open_model, serve
from retrieval.passages import Evidence, Passage
from tests.ui.quiet_chainlit import PersistedUser, User, init_http_context
from ui.conversations.conversation import OpenConversations
from ui.conversations.data_layer import ConversationLayer
from ui.conversations.database import ChatDatabase
from ui.conversations.writing import write_now

TURNS, CONVERSATIONS, REPEATS = 100, 500, 5
MOST_MS = 60_000
CHROMIUM, ARGUMENTS = "/usr/bin/chromium", ("--no-sandbox", "--disable-gpu", "--no-first-run")
ANSWER = '[data-step-type="assistant_message"] .message-content'
SOURCE = Passage(
    id="1",
    document="solar.pdf",
    title="SOLAR 10.7B",
    sha256="ab",
    header="",
    text="SOLAR 10.7B has 48 layers.",
    page_starts=[(0, 1)],
)


class Talk:
    """A conversation of the chat's only user, as an evening with the chat leaves it."""

    def __init__(self, database: ChatDatabase, user: PersistedUser) -> None:
        self._database, self._user, self.thread = database, user, str(uuid4())
        init_http_context(user=user, thread_id=self.thread)

    async def add_turns(self, count: int) -> None:
        """Ask and answer so often."""
        layer = ConversationLayer(self._database)
        await layer.update_thread(self.thread, name="SOLAR의 층", user_id=self._user.id)
        conversation = await OpenConversations(self._database).find(
            thread=self.thread, user=self._user.id
        )
        for number in range(count):
            question = self._make_message("user_message", f"SOLAR는 층이 몇 개인가요? ({number})")
            line = self._make_message("tool", "구절 8개", end=write_now())
            below = {"parentId": line["id"], "end": write_now()}
            steps = [self._make_message("tool", "구절 8개", **below) for _ in range(6)]
            await conversation.keep_steps([question])
            await conversation.add(
                self._make_message("assistant_message", ""),
                question=question["id"],
                text="SOLAR는 층이 48개입니다 [1].",
                citations=[Evidence(passage=SOURCE, start=0, end=len(SOURCE.text))],
                record={"outcome": "answered"},
                steps=[line, *steps],
            )

    def _make_message(self, kind: str, text: str, **more: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "threadId": self.thread,
            "name": kind,
            "type": kind,
            "output": text,
            "createdAt": write_now(),
            "metadata": {},
            **more,
        }


async def make_conversations(home: Path) -> str:
    """As many as a user may have, the last a long one; its id."""
    database = ChatDatabase(home)
    user = await ConversationLayer(database).create_user(User(identifier="local"))
    assert user
    for _ in range(CONVERSATIONS - 1):
        await Talk(database, user).add_turns(1)
    long = Talk(database, user)
    await long.add_turns(TURNS)
    await database.close()
    return long.thread


def time_page(page: Page, address: str, is_ready: Callable[[Page], None]) -> float:
    """Seconds from going to an address to what a reader waits for."""
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    is_ready(page)
    return time.perf_counter() - begun


def is_usable(page: Page) -> None:
    """A question can be written."""
    expect(page.locator("#chat-input")).to_be_visible(timeout=MOST_MS)
    expect(page.locator("#chat-input")).to_be_enabled(timeout=MOST_MS)


def is_complete(page: Page) -> None:
    """All turns of the long conversation are there."""
    expect(page.locator(ANSWER)).to_have_count(TURNS, timeout=MOST_MS)
    is_usable(page)


def is_listed(page: Page) -> None:
    """The list shows its first conversations."""
    expect(page.locator('[id^="thread-"]')).not_to_have_count(0, timeout=MOST_MS)


def measure(server: Server, long: str) -> None:
    """Print what each page takes."""
    pages = {
        "an empty chat": (server.url, is_usable),
        f"the list of {CONVERSATIONS}": (server.url, is_listed),
        f"{TURNS} turns": (f"{server.url}/thread/{long}", is_complete),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (address, is_ready) in pages.items():
            with browser.new_context() as context:
                page = context.new_page()
                first, *again = [time_page(page, address, is_ready) for _ in range(REPEATS)]
            print(f"{name}: {first:.2f} s in a new browser, median {median(again):.2f} s after it")
        browser.close()


def main() -> None:
    """Serve the examples, and look at them."""
    model = open_model(0.05)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), model) as server:
        measure(server, asyncio.run(make_conversations(Path(folder))))
    model.close()


if __name__ == "__main__":
    main()
