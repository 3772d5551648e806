"""What a search finds: passages, and the evidence in them, with their pages."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from language.quotes import Span
from language.sentences import find_sentences
from retrieval.lines import CELL
from retrieval.tables import Table, TableRow


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of a paper."""

    id: str
    document: str
    """The file's name."""

    title: str
    sha256: str
    header: str
    """What the passage is about; searched and read by models, never quoted."""

    text: str
    page_starts: list[tuple[int, int]]
    """(offset in the text, page number), one for each page, in order."""

    section: str = ""
    """The path of the section that it begins in: 3 Method > 3.1 Data."""

    context: str = ""
    """What a model that read the paper wrote of the passage; searched, never quoted."""

    tables: tuple[Table, ...] = ()
    """The tables in the text, as they were found when it was parsed."""

    def table_at(self, offset: int) -> Table | None:
        """The table of the row that begins at an offset, if one does."""
        found = self._rows.get(offset)
        return found[0] if found else None

    def row_at(self, offset: int) -> TableRow | None:
        """The row of a table that begins at an offset, if one does."""
        found = self._rows.get(offset)
        return found[1] if found else None

    def rows_within(self, start: int, end: int) -> Sequence[TableRow]:
        """The rows of tables that stand whole in a stretch of the text, in order."""
        return [
            row for at, (_, row) in sorted(self._rows.items()) if start <= at and row.end <= end
        ]

    def find_statements(self, start: int = 0, end: int | None = None) -> list[Span]:
        """Where its sentences stand, and the rows of its tables: each row is one ("Cand. 2 | 73.2").

        Of the stretch from `start` to `end`, or of all.
        """
        spans: list[Span] = []
        for first, last in find_sentences(self.text[start:end]):
            first, last = start + first, start + last
            if spans and last <= spans[-1][1]:
                continue  # a part of the row before
            spans += self.split_line(first, last)
        return spans

    def split_line(self, start: int, end: int) -> list[Span]:
        """A stretch parted at the ends of the rows of tables that it begins with, side by side in a line."""
        spans: list[Span] = []
        while (row := self.row_at(start)) and start < end:
            spans.append(row.span)
            start = row.end + len(CELL)
        return [*spans, (start, end)] if self.text[start:end].strip() else spans

    @cached_property
    def _rows(self) -> dict[int, tuple[Table, TableRow]]:
        """Each row and its table, by where the row begins."""
        return {row.start: (table, row) for table in self.tables for row in table.rows}

    @property
    def pages(self) -> list[int]:
        """The pages that the passage stands on, from 1."""
        return [page for _, page in self.page_starts]

    def page_at(self, offset: int) -> int:
        """The page on which the character at an offset stands."""
        starts = [start for start, _ in self.page_starts]
        return self.page_starts[max(bisect_right(starts, offset) - 1, 0)][1]

    @property
    def searched_text(self) -> str:
        """The text that both search legs see."""
        return join_searched_text(self.header, self.context, self.text)


def join_searched_text(header: str, context: str, text: str) -> str:
    """What both search legs see of a passage."""
    return "\n".join(filter(None, [header, context, text]))


def write_plain_header(title: str, section: str) -> str:
    """What a passage is about, at no cost: Title > 3 Method > 3.1 Data."""
    return " > ".join(part for part in (title, section) if part)


class LegScore(NamedTuple):
    """How a leg scores a passage."""

    score: float
    share: float
    """The same in 0..1, so that legs can be added up."""


@dataclass(frozen=True, kw_only=True)
class RetrieverScore:
    """How one search leg placed a passage."""

    rank: int
    score: float


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A passage that was found, and why."""

    passage: Passage
    score: float
    legs: dict[str, RetrieverScore] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Words of a source that help to answer: `passage.text[start:end]`, to the letter."""

    passage: Passage
    start: int
    end: int

    columns: tuple[str, ...] = ()
    """Of a table's row: the heads of the columns that are meant; empty where the whole row is."""

    @property
    def quote(self) -> str:
        """The source's own words."""
        return self.passage.text[self.start : self.end]

    @property
    def page(self) -> int:
        """The page on which the words begin."""
        return self.passage.page_at(self.start)

    @property
    def pages(self) -> list[int]:
        """The pages on which the words stand."""
        last = self.passage.page_at(self.end - 1)
        return [page for page in self.passage.pages if self.page <= page <= last]


@dataclass(frozen=True, kw_only=True)
class LibraryPaper:
    """A paper that can be searched."""

    id: int
    """In its library."""

    sha256: str
    """Of its content."""

    document: str
    """The file's name."""

    title: str
    pages: int
    first: Passage | None
    """The passage that it begins with."""

    @property
    def name(self) -> str:
        """What a reader knows it by."""
        return self.title or self.document
