"""How one chat server bears many readers at once, over the socket that browsers use.

`make load USERS=20 QUESTIONS=5` serves the examples to so many readers, first to one and then to
all, with a model that takes half a second a call, and prints how long they wait from a question to
the end of its answer, what an answer costs of processor time, and how the server's memory grows.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import uuid4

import httpx
import socketio

from graph.settings import Settings
from indexing.run import index_paths
from tests.e2e.library import free_port, wait_for
from tests.fake_openai import Exchange, FakeOpenAI

CALL_SECONDS = 0.5
MOST_SECONDS = 120.0
EXAMPLES = Path("examples/papers")
CITED = "#cite-"
MODELS = {"chat_model": "openai:gpt-4o-mini", "embedding_model": "openai:text-embedding-3-small"}


@dataclass
class Waits:
    """What readers saw."""

    seconds: list[float] = field(default_factory=list)
    """From each question to the end of its answer."""

    lost: int = 0
    """Questions that no answer came for in time."""

    unanswered: int = 0
    """Answers that cite nothing."""

    crossed: int = 0
    """Messages that were somebody else's."""

    def quantile(self, share: float) -> float:
        """So many seconds did this share of the answers take at most."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))]


@dataclass(frozen=True)
class Server:
    """A chat server in a process of its own."""

    url: str
    process: subprocess.Popen[bytes]

    def read_memory(self) -> int:
        """Megabytes in use."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) // 1024

    def read_processor_seconds(self) -> float:
        """Of the processor's time, all that it has used."""
        words = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve(home: Path, model: FakeOpenAI) -> Iterator[Server]:
    """The chat over the examples, with that model."""
    named = {f"MUNHEON_{name.upper()}": value for name, value in MODELS.items()}
    environment = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.base_url}
    os.environ |= {**environment, "MUNHEON_HOME": str(home), "MUNHEON_PROFILE": "strong", **named}
    index_paths(Settings(home=home), [EXAMPLES])
    port = str(free_port())
    command = [str(Path(sys.executable).with_name("munheon")), "chat", "--headless", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        server = Server(f"http://127.0.0.1:{port}", process)
        try:
            wait_for(lambda: httpx.get(f"{server.url}/health").status_code == 200, seconds=120)
            yield server
        finally:
            process.terminate()


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
            self._waits.unanswered += CITED not in self._said

    def _end_task(self, *_: object) -> None:
        """Of an answer; a page that has opened ends a task as well."""
        if self._said:
            self._done.set()

    def _check_message(self, message: dict[str, str], *_: object) -> None:
        """All that this page is sent belongs to its one conversation."""
        if message["type"] == "assistant_message":
            self._said = message["output"]
        self._thread = self._thread or message["threadId"]
        self._waits.crossed += message["threadId"] != self._thread


async def load(url: str, *, users: int, questions: int) -> Waits:
    """Let so many readers ask at once."""
    waits = Waits()
    await asyncio.gather(*(Reader(url, waits).ask(questions) for _ in range(users)))
    return waits


def measure(server: Server, *, users: int, questions: int) -> Waits:
    """Load the server, and print what that showed."""
    memory, used = server.read_memory(), server.read_processor_seconds()
    waits = asyncio.run(load(server.url, users=users, questions=questions))
    answers = len(waits.seconds)
    each = (server.read_processor_seconds() - used) / answers
    print(
        f"{users} readers, {answers} answers: median {median(waits.seconds):.2f} s, "
        f"p95 {waits.quantile(0.95):.2f} s, {1000 * each:.0f} ms of processor an answer, "
        f"memory {memory} to {server.read_memory()} MB, {waits.lost} lost, "
        f"{waits.unanswered} unanswered, {waits.crossed} crossed"
    )
    return waits


def main(arguments: Sequence[str]) -> None:
    """One reader, then as many as asked for."""
    users, questions = (int(given) for given in (*arguments, *("20", "5")[len(arguments) :]))
    Exchange.protocol_version = "HTTP/1.1"  # connections are used again, as those to real servers
    model = FakeOpenAI()
    model.always["chat"] = lambda exchange: exchange.send_words(
        model.reply(exchange.asked), seconds=CALL_SECONDS
    )
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "data", model) as server:
        measure(server, users=1, questions=questions)  # what is read once at the first question
        one = measure(server, users=1, questions=questions)
        many = measure(server, users=users, questions=questions)
        print(f"p95 of {users} to p95 of one: {many.quantile(0.95) / one.quantile(0.95):.2f}")
    model.close()


if __name__ == "__main__":
    main(sys.argv[1:])
