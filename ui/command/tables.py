"""Tables on standard output: drawn on a terminal, aligned plain lines elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click
from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

BAR_WIDTH = 20  # characters
COLUMN_GAP = "  "

Cell = str | float
"""Text, or the share in 0..1 that a bar shows."""


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    head: str
    is_number: bool = False
    """Set to the right."""

    is_bar: bool = False
    """Drawn on a terminal alone: it repeats a figure of another column."""


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Print rows under the heads of their columns; no control character where nobody watches."""
    if sys.stdout.isatty():
        console = Console(markup=False, highlight=False, emoji=False)
        console.print(draw_table(columns, rows))
    else:
        for line in align_rows(columns, rows):
            click.echo(line)


def draw_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Table:
    """The table as rich draws it."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column.head, justify="right" if column.is_number else "left")
    for row in rows:
        table.add_row(*map(_draw_cell, row))
    return table


def align_rows(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> list[str]:
    """One line for the heads and one for each row, without bars; Hangul counts two places."""
    shown = [place for place, column in enumerate(columns) if not column.is_bar]
    lines = [[columns[place].head for place in shown]]
    lines += [[" ".join(str(row[place]).split()) for place in shown] for row in rows]
    widths = [max(map(cell_len, cells)) for cells in zip(*lines, strict=True)]
    aligned = [
        COLUMN_GAP.join(
            _pad(cell, width, at_left=columns[place].is_number)
            for cell, width, place in zip(line, widths, shown, strict=True)
        )
        for line in lines
    ]
    return [line.rstrip() for line in aligned]


def _draw_cell(cell: Cell) -> Text | Bar:
    if isinstance(cell, str):
        return Text(cell)
    return Bar(size=1, begin=0, end=cell, width=BAR_WIDTH)


def _pad(cell: str, width: int, *, at_left: bool) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if at_left else cell + space
