"""Chat servers of the end-to-end tests, and what their readers do in a real browser."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.library import MUNHEON, PROJECT, free_port, keyless, wait_for

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SCREENSHOTS = PROJECT / "screenshots"
# Some 30 s on two idle cores; a slow machine is no fault of the answer.
ANSWER_MS = 900_000
SHOWN_MS = 240_000
HANGUL = re.compile("[가-힣]")
CITATION = 'a[href^="#cite-"]'
AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
GRAVE = ("serious", "critical")
ANSWER = '[data-step-type="assistant_message"] .message-content'


class ChatServer:
    """A chat server in a process of its own; started again, it has the address that it had."""

    def __init__(self, home: Path, log: Path, **environment: str) -> None:
        self.home, self.log, self._environment = home, log, environment
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve from here on."""
        with self.log.open("a") as file:
            self._process = subprocess.Popen(
                [MUNHEON, "chat", "--headless", "--port", str(self._port)],
                env={**keyless(self.home), **self._environment},
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        wait_for(lambda: httpx.get(f"{self.url}/health").status_code == 200, seconds=60)

    def stop(self) -> None:
        """End by a signal, which must do so at once."""
        assert self._process
        self._process.terminate()
        self._process.wait(15)

    def kill(self) -> None:
        """End as when the power fails."""
        assert self._process
        self._process.kill()
        self._process.wait(15)


@contextmanager
def serve_chat(home: Path, log: Path, **environment: str) -> Iterator[ChatServer]:
    """A chat server until the tests with it are done."""
    server = ChatServer(home, log, **environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's chromium."""
    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, **options: object) -> Iterator[Page]:
    """A page that has asked nothing of any other machine when it is closed."""
    view = {"viewport": {"width": 1400, "height": 900}, "locale": "ko-KR", **options}
    page = browser.new_page(**view)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    yield page
    page.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def screenshot(page: Page, name: str) -> None:
    page.wait_for_timeout(800)  # what fades in or unfolds has done so
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def ask(page: Page, question: str) -> None:
    page.locator("#chat-input").fill(question)
    page.locator("#chat-submit").click()


def find_grave_faults(page: Page) -> list[Any]:
    """What axe finds that keeps somebody from using the page."""
    page.wait_for_timeout(800)
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in GRAVE
    ]
