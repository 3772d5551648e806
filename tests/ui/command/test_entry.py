"""Ctrl-C ends a command soon and with one line, whatever it waits for."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from tests.e2e.library import free_port, wait_for
from tests.fake_openai import FakeOpenAI
from ui.command.entry import GRACE_SECONDS, STOPPED

ROOT = Path(__file__).parents[3]
START = "from ui.command.entry import run; run()"
# The interrupted program is given as long as a busy machine takes.
PATIENCE = 60.0


class Program:
    """The command line in a process of its own."""

    def __init__(self, *arguments: str, code: str = START) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
            # Where the tests run in the background, Ctrl-C is ignored, and would be here as well.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def interrupt(self) -> list[str]:
        """What it said last before it ended by Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=PATIENCE)[1].decode().strip().splitlines()


def wait_until_asked(openai: FakeOpenAI) -> None:
    until = time.monotonic() + PATIENCE
    while not openai.requests and time.monotonic() < until:
        time.sleep(0.05)
    assert openai.requests


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "arguments",
    [("ask", "SOLAR는 층이 몇 개인가요?"), ("search", "SOLAR의 층?"), ("models", "test")],
)
def test_a_command_that_waits_for_a_model_ends(openai: FakeOpenAI, arguments: tuple[str, ...]):
    openai.always["chat"] = lambda exchange: exchange.wait(10 * PATIENCE)
    program = Program(*arguments)
    wait_until_asked(openai)

    said = program.interrupt()

    assert said[-1].removeprefix("Error: ") == STOPPED
    assert not any("Traceback" in line for line in said)
    assert program.process.returncode == 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("options", [(), ("--retrieval",), ("--ladder",)])
def test_an_evaluation_ends(openai: FakeOpenAI, tmp_path: Path, options: tuple[str, ...]):
    openai.always["chat"] = lambda exchange: exchange.wait(10 * PATIENCE)
    file = tmp_path / "questions.jsonl"
    gold = {"document": "solar.pdf", "pages": [1], "evidence": ["SOLAR has 48 layers."]}
    asked = {
        "question": "SOLAR는 층이 몇 개인가요?",
        "answer": "48",
        "answer_must_include": [["48"]],
    }
    file.write_text(json.dumps({**asked, **gold}), "utf-8")
    program = Program("eval", str(file), *options)
    wait_until_asked(openai)

    said = program.interrupt()

    assert said[-1].removeprefix("Error: ") == STOPPED
    assert not any("Traceback" in line for line in said)
    assert program.process.returncode == 1


@pytest.mark.usefixtures("home", "openai")
def test_a_chat_with_a_page_open_ends():
    port = free_port()
    program = Program("chat", "--headless", "--port", str(port))
    address = f"http://127.0.0.1:{port}"
    wait_for(lambda: httpx.get(f"{address}/health").is_success, seconds=PATIENCE)
    headers = {"Origin": address}
    socket = address.replace("http", "ws", 1) + "/ws/socket.io/?EIO=4&transport=websocket"
    with connect(socket, additional_headers=headers) as page:
        assert page.recv(PATIENCE)
        started = time.monotonic()

        said = program.interrupt()

        assert time.monotonic() - started < GRACE_SECONDS + PATIENCE / 10
    assert said == [STOPPED]


def test_a_thread_that_hangs_keeps_no_process_alive():
    hang = (
        "import sys, threading, time; from ui.command import entry, main\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "main.main = lambda: (print('ready', flush=True), time.sleep(60))\n"
        "entry.run()"
    )
    program = Program(code=hang)
    assert program.process.stdout
    assert program.process.stdout.readline()

    said = program.interrupt()

    assert said[-1] == STOPPED


def test_while_it_is_imported_it_ends_at_once():
    program = Program(code="print('ready', flush=True); " + START)
    assert program.process.stdout
    assert program.process.stdout.readline()
    time.sleep(0.3)

    said = program.interrupt()

    assert said == [] or said[-1] == STOPPED
    assert "Traceback" not in said
