"""Tables of a passage as they were found when it was parsed: rows, column heads, captions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from language.quotes import Span

Cells = Sequence[tuple[str, str]]
"""Values of a row, each behind its column's head in full (2B PT)."""


@dataclass(frozen=True)
class Line:
    """What stands over or under the rows of a table."""

    text: str
    start: int | None
    """None where it stands outside of the passage, which holds only a part of the table."""

    @property
    def span(self) -> Span | None:
        """Where it stands in the passage."""
        return None if self.start is None else (self.start, self.start + len(self.text))


@dataclass(frozen=True)
class TableRow:
    """A row of a table."""

    start: int
    end: int
    label: str
    """Its first cell; where it has no cells, all of it."""

    cells: Cells = ()
    """Empty where values and heads don't pair."""

    group: str = ""
    """The label between the rows that it stands under: Closed Book."""

    @property
    def span(self) -> Span:
        """Where its line stands."""
        return self.start, self.end


@dataclass(frozen=True)
class Table:
    """Rows under the same column heads, in their order; at least one."""

    head: Line
    rows: tuple[TableRow, ...]
    caption: Line | None = None

    @property
    def heads(self) -> Sequence[str]:
        """The column heads in full; empty where no row pairs with them."""
        return next(([head for head, _ in row.cells] for row in self.rows if row.cells), [])


def cut_tables(tables: Sequence[Table], start: int, end: int) -> Iterator[Table]:
    """The tables as a stretch of their text holds them: its whole rows, placed from its start."""
    for table in tables:
        rows = tuple(
            replace(row, start=row.start - start, end=row.end - start)
            for row in table.rows
            if start <= row.start and row.end <= end
        )
        if rows:
            caption = table.caption and _line_within(table.caption, start, end)
            yield Table(_line_within(table.head, start, end), rows, caption)


def _line_within(line: Line, start: int, end: int) -> Line:
    """A line placed from the start of a stretch, without its place where it is outside."""
    if line.span and start <= line.span[0] and line.span[1] <= end:
        return Line(line.text, line.span[0] - start)
    return Line(line.text, None)


def tables_to_json(tables: Sequence[Table]) -> str:
    """Tables as they are kept in a library."""
    return json.dumps([asdict(table) for table in tables], ensure_ascii=False)


def tables_from_json(text: str) -> tuple[Table, ...]:
    """Tables as they were kept."""
    return tuple(
        Table(
            head=Line(**table["head"]),
            rows=tuple(_row(row) for row in table["rows"]),
            caption=Line(**table["caption"]) if table["caption"] else None,
        )
        for table in json.loads(text)
    )


def _row(kept: dict[str, Any]) -> TableRow:
    cells = tuple((head, value) for head, value in kept["cells"])
    return TableRow(**{**kept, "cells": cells})
