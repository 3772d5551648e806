"""Progress: bars on a terminal, a line now and then elsewhere, nothing on standard output."""

import io
import sys

import pytest

from language.catalogue import Text
from retrieval.ingest.progress import Progress
from ui.command.progress import IndexDisplay, show_loading, track

READING = Progress(done=1, total=4, document="a.pdf", step="reading", documents=(1, 4))
HALF = Progress(
    done=500, total=1000, document="a.pdf", documents=(1, 4), passages=(3, 6), seconds_left=65.2
)


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A wide terminal as standard error, which pytest sets anew as each test begins."""
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return shown


class TestWithoutTerminal:
    def test_each_step_of_indexing_is_said_once_in_plain_words(
        self, capsys: pytest.CaptureFixture[str]
    ):
        with IndexDisplay() as display:
            display.note(Text("chat_models.loading"))
            for progress in (READING, READING, HALF, HALF):
                display.show(progress)

        written = capsys.readouterr()
        assert written.out == ""
        assert written.err.splitlines() == [
            "모델을 메모리에 올리는 중…",
            "읽기 25%, 문서 1/4, a.pdf",
            "색인 50%, 문서 1/4, 구절 3/6, a.pdf, 남은 시간 약 1분 5초",
        ]

    def test_a_long_run_says_now_and_then_how_far_it_is(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("ui.command.progress.LINE_SECONDS", 0)

        assert list(track("ab", 2, is_shown=True)) == ["a", "b"]

        first, last = capsys.readouterr().err.splitlines()
        assert first.startswith("질문 1/2개, 남은 시간 약 ")
        assert last == "질문 2/2개"

    def test_a_short_run_says_nothing(self, capsys: pytest.CaptureFixture[str]):
        assert list(track("ab", 2, is_shown=True)) == ["a", "b"]
        assert list(track("ab", 2, is_shown=False)) == ["a", "b"]

        assert capsys.readouterr().err == ""


class TestOnTerminal:
    def test_a_bar_shows_the_step_the_time_left_and_the_document(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        terminal = open_terminal(monkeypatch)

        with IndexDisplay() as display:
            display.show(READING)
            display.show(HALF)

        assert "읽기" in terminal.getvalue()
        assert "50%" in terminal.getvalue()
        assert "남은 시간 약 1분 5초" in terminal.getvalue()
        assert "구절 3/6, a.pdf" in terminal.getvalue()

    def test_output_into_a_file_is_not_drawn_beside_the_bar(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ):
        terminal = open_terminal(monkeypatch)

        for item in track("ab", 2, is_shown=True):
            print(item)

        assert capsys.readouterr().out == "a\nb\n"
        assert "2/2개" in terminal.getvalue()

    def test_lines_about_a_model_being_opened_are_shown(self, monkeypatch: pytest.MonkeyPatch):
        terminal = open_terminal(monkeypatch)

        with show_loading() as on_progress:
            on_progress(Text("chat_models.loading"))

        assert "모델을 메모리에 올리는 중…" in terminal.getvalue()
