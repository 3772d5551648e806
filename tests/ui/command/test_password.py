"""The password of an encrypted PDF: asked for on a terminal, unseen, and stored nowhere."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select

import pymupdf
import pytest

from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf
from tests.ui.command.commands import munheon

PROJECT = Path(__file__).parents[3]
# The command line, on the terminal that it was started on.
ON_A_TERMINAL = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from ui.command.main import main
main()
"""
PASSWORD, WRONG, OTHER = "open-sesame-4711", "close-sesame-4711", "open-barley-4711"
SECONDS = 60


class Terminal:
    """A terminal with a command on it: what it shows, and what is typed."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.shown = ""

    def wait_for(self, words: str, *, times: int = 1) -> None:
        """Read on until these words stand there so often."""
        deadline = time.monotonic() + SECONDS
        while self.shown.count(words) < times:
            left = max(deadline - time.monotonic(), 0)
            assert select([self._number], [], [], left)[0], self.shown
            self.shown += os.read(self._number, 4096).decode()

    def type(self, line: str) -> None:
        os.write(self._number, f"{line}\n".encode())


@contextmanager
def on_a_terminal(*arguments: object) -> Iterator[tuple[Terminal, "subprocess.Popen[bytes]"]]:
    """The command line with these arguments on a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", ON_A_TERMINAL, *map(str, arguments)]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, cwd=PROJECT
    )
    os.close(theirs)
    try:
        yield Terminal(ours), process
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "locked.pdf", "Secret words.", password=PASSWORD)


def test_a_password_is_asked_for_until_it_fits_or_is_skipped_and_is_kept_nowhere(
    openai: FakeOpenAI, tmp_path: Path, locked: Path
):
    other = make_pdf(tmp_path / "other.pdf", "Other words.", password=OTHER)

    with on_a_terminal("index", locked, other) as (terminal, process):
        terminal.wait_for("locked.pdf의 암호")
        terminal.type(WRONG)
        terminal.wait_for("locked.pdf의 암호", times=2)
        terminal.type(PASSWORD)
        terminal.wait_for("other.pdf의 암호")
        terminal.type("")
        terminal.wait_for("파일 2개 가운데 1개 준비됨, 1개 실패")
        assert process.wait(SECONDS) == 1

    library = Library(tmp_path / "data")
    assert [passage.text for passage in library.list_passages()] == ["Secret words."]
    document, failed = library.list_documents()
    assert (document.state, failed.state) == ("ready", "failed")
    with pymupdf.open(library.original_path(document.sha256)) as kept:
        assert not kept.needs_pass
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    written = [terminal.shown.encode(), *(path.read_bytes() for path in files)]
    assert not any(word.encode() in text for text in written for word in (PASSWORD, WRONG))


def test_without_a_terminal_the_message_says_how_to_give_a_password(
    openai: FakeOpenAI, locked: Path
):
    result = munheon("index", locked)

    assert result.exit_code == 1
    assert "터미널에서 색인하면 암호를 묻습니다. 또는 MUNHEON_PDF_PASSWORD에" in result.stderr


def test_a_setting_can_give_the_password(
    openai: FakeOpenAI, locked: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MUNHEON_PDF_PASSWORD", PASSWORD)

    assert "파일 1개 가운데 1개 준비됨" in munheon("index", locked).stdout
