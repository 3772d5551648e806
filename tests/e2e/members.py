"""Users of a shared chat server: each signed in in a browser of their own, with papers and questions."""

import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.e2e.pages import CITATION, ChatServer, ask
from tests.e2e.sockets import make_message, open_socket
from tests.samples import make_pdf

PASSWORD = "a long password"
SOON_MS = 60_000
SETTLED_SECONDS = 60
UNDER_WAY = ("uploading", "waiting", "fetching", "reading", "embedding")
# What of a library belongs to somebody.
OWNED = ("documents", "collections")
IN_THREAD = ("steps", "elements", "feedbacks", "answers")


class Member:
    """A user, what is theirs, and the words by which that would be known."""

    def __init__(self, name: str, paper: str, fact: str, chat: ChatServer) -> None:
        self.name, self.paper, self.fact = name, paper, fact
        self.question = f"SOLAR는 층이 몇 개인가요? {name}만의 말"
        self.ids: dict[str, Any] = {"word": paper}
        self._chat = chat
        self._context: BrowserContext | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """Words that nobody else has said or may read."""
        return (self.paper, self.fact, f"{self.name}만의", f"{self.name}-removed")

    def sign_in(self, context: BrowserContext) -> Page:
        """Sign in on the page, by the form."""
        self._context = context
        page = context.new_page()
        page.on("request", self._watch_request)
        page.goto(f"{self._chat.url}/login")
        page.locator("#email").fill(self.name)
        page.locator("#password").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        expect(page.locator("#chat-input")).to_be_visible(timeout=SOON_MS)
        self.client = httpx.Client(
            base_url=self._chat.url,
            headers={"Cookie": self.cookies, "Origin": self._chat.url, "Accept-Language": "ko-KR"},
            timeout=30,
        )
        return page

    def open_page(self, path: str) -> Page:
        """Open another tab."""
        assert self._context
        page = self._context.new_page()
        page.goto(f"{self._chat.url}{path}")
        return page

    @property
    def cookies(self) -> str:
        """The cookies of their browser."""
        assert self._context
        return "; ".join(f"{one['name']}={one['value']}" for one in self._context.cookies())

    def own(self, page: Page, folder: Path) -> None:
        """Come by one of everything: papers, an answer that is rated, a deleted conversation."""
        self._bring_papers(folder)
        expect(page.locator("#starters button").first).to_be_enabled(timeout=SOON_MS)
        ask(page, self.question)
        expect(page.locator(CITATION)).not_to_have_count(0, timeout=SOON_MS)
        expect(page).to_have_url(re.compile("/thread/"))
        self.ids["thread"] = page.url.rpartition("/")[2]
        self._find_rows()
        given = {"feedback": {"forId": self.ids["answer"], "value": 1, "comment": self.fact}}
        kept = self.client.put("/feedback", json={**given, "sessionId": self.ids["session"]})
        self.ids["feedback"] = kept.json()["feedbackId"]
        self._delete_conversation()
        self.ids["own_session"] = self.ids["session"]

    def upload(self, *files: Path) -> list[dict[str, Any]]:
        """Put papers into the chat, and wait for what becomes of them."""
        sent = [("files", (one.name, one.read_bytes())) for one in files]
        self.client.post("/papers/files", files=sent).raise_for_status()
        deadline = time.monotonic() + SETTLED_SECONDS
        while time.monotonic() < deadline:
            arrivals: list[dict[str, Any]] = self.client.get("/papers/arrivals").json()["arrivals"]
            if not any(one["state"] in UNDER_WAY for one in arrivals):
                return arrivals
            time.sleep(0.1)
        raise TimeoutError

    def list_papers(self) -> list[dict[str, Any]]:
        """The papers that they see."""
        papers: list[dict[str, Any]] = self.client.get("/papers").json()["papers"]
        return papers

    def say(self, words: str, *, thread: str = "") -> str:
        """Say something in a socket of their own; all that the server tells of it."""
        with open_socket(self._chat.url, self.cookies, thread=thread) as socket:
            socket.emit("connection_successful")
            socket.hear(until="set_commands", seconds=10)
            socket.emit("client_message", make_message(words))
            socket.hear(until="task_end", seconds=20)
            socket.hear()
            return socket.heard

    def list_rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that is kept as theirs in the databases of the server, of the conversations named in `ids`."""
        here = "IN (:thread, :deleted_thread)"
        chats = {one: f"SELECT * FROM {one} WHERE threadId {here}" for one in IN_THREAD}
        chats["threads"] = f"SELECT * FROM threads WHERE id {here}"
        chats["preferences"] = "SELECT * FROM preferences WHERE userId = :user"
        owned = {one: f"SELECT * FROM {one} WHERE owner = :name" for one in OWNED}
        memory = "thread_id IN (:user || ':' || :thread, :user || ':' || :deleted_thread)"
        remembered = {
            "checkpoints": f"SELECT checkpoint_id, checkpoint FROM checkpoints WHERE {memory}"
        }
        return {
            **self._select("chats.db", chats),
            **self._select("library.db", owned),
            **self._select("checkpoints.db", remembered),
        }

    def _select(self, file: str, queries: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
        names = {"name": self.name, **self.ids}
        with closing(sqlite3.connect(self._chat.home / file)) as connection:
            return {
                one: sorted(connection.execute(query, names).fetchall(), key=repr)
                for one, query in queries.items()
            }

    def _watch_request(self, request: Request) -> None:
        """Learn the session that their page has."""
        if request.url.endswith("/set-session-cookie"):
            self.ids["session"] = request.post_data_json["session_id"]

    def _bring_papers(self, folder: Path) -> None:
        title = f"{self.paper} 9B"
        paper = make_pdf(
            folder / f"{self.paper}.pdf", f"{self.paper} has {self.fact}.", title=title
        )
        removed = make_pdf(
            folder / "removed.pdf", f"About {self.fact}.", title=f"{self.name}-removed"
        )
        broken = folder / f"{self.paper}-broken.pdf"
        broken.write_bytes(b"%PDF-1.7 and nothing")
        arrived = {one["name"]: one for one in self.upload(paper, removed, broken)}
        self.ids["paper"] = arrived[paper.name]["paper"]
        self.ids["removed_paper"] = arrived[removed.name]["paper"]
        self.ids["arrival"] = arrived[broken.name]["arrival"]
        self.client.delete(f"/papers/{self.ids['removed_paper']}").raise_for_status()
        collection = {"name": f"{self.name}만의 모음", "papers": [self.ids["paper"]]}
        made = self.client.post("/papers/collections", json=collection)
        self.ids["collection"] = made.json()["collection"]

    def _find_rows(self) -> None:
        """The ids of what was said; and an element, which our chat does not make by itself."""
        thread = self.ids["thread"]
        self.ids["element"] = str(uuid4())
        with closing(sqlite3.connect(self._chat.home / "chats.db")) as connection, connection:
            users = "SELECT userId FROM threads WHERE id = ?"
            [self.ids["user"]] = connection.execute(users, (thread,)).fetchone()
            found = "SELECT id, question FROM answers WHERE threadId = ?"
            self.ids["answer"], self.ids["question"] = connection.execute(
                found, (thread,)
            ).fetchone()
            connection.execute(
                "INSERT INTO elements (id, threadId, forId, type, name) VALUES (?, ?, ?, 'text', ?)",
                (self.ids["element"], thread, self.ids["answer"], self.fact),
            )

    def _delete_conversation(self) -> None:
        heard = self.say(f"{self.question} 두 번째")
        found = re.search(r'"first_interaction", ({.*?})', heard)
        assert found
        thread = json.loads(found[1])["thread_id"]
        with closing(sqlite3.connect(self._chat.home / "chats.db")) as connection:
            query = "SELECT question FROM answers WHERE threadId = ?"
            [self.ids["deleted_question"]] = connection.execute(query, (thread,)).fetchone()
        gone = {"threadId": thread}
        self.client.request("DELETE", "/project/thread", json=gone).raise_for_status()
        self.ids["deleted_thread"] = thread
