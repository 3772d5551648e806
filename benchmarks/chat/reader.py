"""A reader of the chat, as far as its server sees one: over the socket that browsers use."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import socketio

MOST_SECONDS = 120.0
CITED = "#cite-"


@dataclass
class Waits:
    """What readers saw."""

    seconds: list[float] = field(default_factory=list)
    """From each question to the end of its answer."""

    lost: int = 0
    """Questions that no answer came for in time."""

    refused: int = 0
    """Questions that were told no more than why there is no answer."""

    answered: list[str] = field(default_factory=list)
    """The ids of the messages that answer."""

    crossed: int = 0
    """Messages that were somebody else's."""

    def quantile(self, share: float) -> float:
        """So many seconds did this share of the answers take at most."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))]


class Reader:
    """One reader's page, as far as the server sees it."""

    def __init__(self, url: str, waits: Waits) -> None:
        self._url, self._waits = url, waits
        self._socket = socketio.AsyncClient(reconnection=False)
        self._done = asyncio.Event()
        self._thread, self._said = "", ""
        self._socket.on("task_end", self._end_task)
        self._socket.on("new_message", self._check_message)

    async def ask(self, questions: int) -> None:
        """Ask one question after the other, each when the one before is answered."""
        async with httpx.AsyncClient(base_url=self._url, headers={"Origin": self._url}) as client:
            await client.post("/auth/header")
            cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        await self._connect(cookies)
        for number in range(questions):
            await self._ask_once(f"SOLAR 10.7B는 층이 몇 개인가요? ({number})")
        await self._socket.disconnect()

    async def _connect(self, cookies: str) -> None:
        page = {"sessionId": str(uuid4()), "clientType": "webapp", "userEnv": "{}"}
        await self._socket.connect(
            self._url,
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            headers={"Cookie": cookies, "Origin": self._url},
            auth={**page, "chatProfile": "", "threadId": ""},
            wait_timeout=60,
        )
        await self._socket.emit("connection_successful")
        await asyncio.sleep(1)

    async def _ask_once(self, question: str) -> None:
        message = {
            "id": str(uuid4()),
            "name": "user",
            "type": "user_message",
            "output": question,
            "createdAt": datetime.now(UTC).isoformat(),
        }
        self._said = ""
        self._done.clear()
        begun = time.perf_counter()
        await self._socket.emit("client_message", {"message": message, "fileReferences": []})
        try:
            await asyncio.wait_for(self._done.wait(), MOST_SECONDS)
        except TimeoutError:
            self._waits.lost += 1
        else:
            self._waits.seconds.append(time.perf_counter() - begun)
            self._waits.refused += CITED not in self._said

    def _end_task(self, *_: object) -> None:
        """Of an answer; a page that has opened ends a task as well."""
        if self._said:
            self._done.set()

    def _check_message(self, message: dict[str, str], *_: object) -> None:
        """All that this page is sent belongs to its one conversation."""
        if message["type"] == "assistant_message":
            self._said = message["output"]
            self._waits.answered += [message["id"]] if CITED in self._said else []
        self._thread = self._thread or message["threadId"]
        self._waits.crossed += message["threadId"] != self._thread
