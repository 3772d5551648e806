"""A chat server over the examples, in a process of its own, with a model that says what it is told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from graph.settings import Settings
from indexing.run import index_paths
from tests.e2e.library import free_port, wait_for
from tests.fake_openai import Exchange, FakeOpenAI

EXAMPLES = Path("examples/papers")
MODELS = {"chat_model": "openai:gpt-4o-mini", "embedding_model": "openai:text-embedding-3-small"}
START = "from ui.command.entry import run; run()"


def open_model(call_seconds: float) -> FakeOpenAI:
    """A model whose every reply takes so long."""
    Exchange.protocol_version = "HTTP/1.1"  # connections are used again, as those to real servers
    model = FakeOpenAI()
    model.always["chat"] = lambda exchange: exchange.send_words(
        model.reply(exchange.asked), seconds=call_seconds
    )
    return model


class Server:
    """A chat server; started again, it has the address that it had."""

    def __init__(self) -> None:
        self._port = str(free_port())
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Serve from here on."""
        command = [sys.executable, "-c", START, "chat", "--headless", "--port", self._port]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(lambda: httpx.get(f"{self.url}/health").status_code == 200, seconds=120)

    def kill(self) -> None:
        """End as when the power fails."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def read_memory(self) -> int:
        """Megabytes in use."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) // 1024

    def read_processor_seconds(self) -> float:
        """Of the processor's time, all that it has used."""
        words = (
            Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        )
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve(home: Path, model: FakeOpenAI) -> Iterator[Server]:
    """The chat over the examples, with that model."""
    named = {f"MUNHEON_{name.upper()}": value for name, value in MODELS.items()}
    environment = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": model.base_url}
    os.environ |= {**environment, "MUNHEON_HOME": str(home), "MUNHEON_PROFILE": "strong", **named}
    index_paths(Settings(home=home), [EXAMPLES])
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.kill()
