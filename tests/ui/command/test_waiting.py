"""A server that is silent is told of, after a while, once, and until its next word."""

import io
import sys
import time

import pytest

from ui.command import waiting
from ui.command.waiting import tell_of_silence


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SILENT_SECONDS", 0.05)


def test_a_line_tells_once_of_each_silence(capsys: pytest.CaptureFixture[str]):
    with tell_of_silence() as note_word:
        time.sleep(0.5)
        note_word()
        time.sleep(0.5)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("모델 서버의 응답을 기다리는 중…(") for line in lines)


def test_where_words_come_nothing_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(waiting, "SILENT_SECONDS", 5.0)

    with tell_of_silence() as note_word:
        note_word()

    assert capsys.readouterr().err == ""


def test_on_a_terminal_the_line_goes_with_the_next_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")

    with tell_of_silence() as note_word:
        time.sleep(0.5)
        note_word()
        written = terminal.getvalue()

    assert "모델 서버의 응답을 기다리는 중" in written
    assert written.endswith("\x1b[2K")
