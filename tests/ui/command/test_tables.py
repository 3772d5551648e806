"""Tables: aligned plain lines for scripts, drawn for people on a terminal."""

import io
import sys

import pytest
from rich.cells import cell_len

from ui.command.tables import Column, align_rows, print_table

COLUMNS = [Column("상태"), Column("쪽", is_number=True), Column("", is_bar=True), Column("제목")]
ROWS = [["준비됨", "2", 0.5, "[bold]SOLAR[/bold]"], ["실패", "120", 1.0, "두\n줄"]]


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


def test_plain_rows_are_aligned_by_the_places_that_hangul_takes():
    assert align_rows(COLUMNS, ROWS) == [
        "상태     쪽  제목",
        "준비됨    2  [bold]SOLAR[/bold]",
        "실패    120  두 줄",
    ]
    assert len({cell_len(line.split("  ")[0]) for line in align_rows(COLUMNS, [ROWS[0]])}) == 2


def test_no_control_character_goes_into_a_pipe(capsys: pytest.CaptureFixture[str]):
    print_table(COLUMNS, ROWS)

    printed = capsys.readouterr().out
    assert printed.count("\n") == 3
    assert printed.replace("\n", "").isprintable()


def test_a_terminal_gets_a_table_with_bars_and_text_as_it_stands(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")

    print_table(COLUMNS, ROWS)

    assert "─" in terminal.getvalue()
    assert "█" in terminal.getvalue()
    assert "[bold]SOLAR[/bold]" in terminal.getvalue()
