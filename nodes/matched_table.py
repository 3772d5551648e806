"""A table, and what of a question the labels of its rows and columns name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from pathlib import PurePath
from typing import TypeVar

from language.abbreviations import find_abbreviations, list_initials
from language.matching import (
    COMMON_STEMS,
    LabelMatch,
    is_language,
    is_size,
    match_label,
    stem_terms,
)
from nodes.question import Place, Question, find_captioned_place
from retrieval.passages import Passage
from retrieval.tables import Table, TableRow

Label = TypeVar("Label")
Fit = tuple[int, int]
"""How many words of the labels were not asked for, and how many asked for the caption lacks."""

# A table whose labels are so many languages, or sizes, has one for each that it tells.
MIN_SIBLINGS = 3


@dataclass(frozen=True)
class Cell:
    """A value of a table, with the row and the column that it stands in."""

    passage: Passage
    table: Table
    row: TableRow
    head: str

    @property
    def value(self) -> str:
        """What stands in it."""
        return dict(self.row.cells).get(self.head, "").strip()


@dataclass(frozen=True)
class MatchedTable:
    """A table, and what of a question its labels name."""

    passage: Passage
    table: Table
    rows: Mapping[TableRow, LabelMatch]
    columns: Mapping[str, LabelMatch]

    def choose_cells(self, asked: Set[str], of_paper: Set[str]) -> tuple[Fit, list[Cell]]:
        """The cells that account for all that is asked; none where some of it is left over.

        `of_paper`: what tells the paper, which labels need not name.
        """
        by_rows, by_columns = _join_asked(self.rows), _join_asked(self.columns)
        named = by_rows | by_columns
        telling = (asked - COMMON_STEMS) | (asked & self._list_common_labels())
        if not telling - named <= self._stems_around:
            return (0, 0), []
        needed = (telling & named) - (of_paper & self._stems_around)
        rows = _choose_labels(self.rows, needed & (by_rows - by_columns or by_rows))
        columns = _choose_labels(self.columns, needed & (by_columns - by_rows or by_columns))
        matches = [*(self.rows[row] for row in rows), *(self.columns[head] for head in columns)]
        if not needed - self._stems_of_paper:  # "What does RAG use?" asks for no row called RAG
            return (0, 0), []
        if not needed <= frozenset[str]().union(*(one.asked for one in matches)):
            return (0, 0), []
        others = sum(len(match.others - COMMON_STEMS) for match in matches)
        caption = find_stems(self.table.caption.text if self.table.caption else "")
        return (others, len(telling - named - caption)), [
            cell
            for row, head in product(rows, columns)
            if (cell := Cell(self.passage, self.table, row, head)).value
        ]

    def find_absent_siblings(self, asked: Set[str]) -> frozenset[str]:
        """Languages or sizes asked for that the table lacks, where nothing else is left over.

        Empty where its labels are of no such kind, or name nothing of the question.
        """
        by_rows, by_columns = _join_asked(self.rows), _join_asked(self.columns)
        left = asked - COMMON_STEMS - by_rows - by_columns - self._stems_around
        labels = [*(row.label for row in self.rows), *self.columns]
        kinds = [kind for kind in (is_language, is_size) if sum(map(kind, labels)) >= MIN_SIBLINGS]
        are_siblings = left and all(any(kind(stem) for kind in kinds) for stem in left)
        return (
            frozenset(left)
            if are_siblings and (by_rows | by_columns) - COMMON_STEMS
            else frozenset()
        )

    def _list_common_labels(self) -> frozenset[str]:
        """The common words that are a label by themselves."""
        matches = [*self.rows.values(), *self.columns.values()]
        return frozenset[str]().union(
            *(match.asked for match in matches if match.asked <= COMMON_STEMS and not match.others)
        )

    @property
    def _stems_around(self) -> frozenset[str]:
        """What the table is about: its caption, its section, its paper by title and file name."""
        caption = self.table.caption.text if self.table.caption else ""
        return self._stems_of_paper | find_stems(f"{caption} {self.passage.section}")

    @property
    def _stems_of_paper(self) -> frozenset[str]:
        """What its paper is called, by title, its initials and file name."""
        title = self.passage.title
        name = PurePath(self.passage.document).stem.replace("_", " ")
        initials = list_initials(title.partition(":")[0])
        return find_stems(f"{title} {initials} {name}")


def match_tables(
    question: Question, passage: Passage, passages: Sequence[Passage]
) -> Iterable[MatchedTable]:
    """The tables of a passage, but for those that are not named where one is by its number."""
    text = "\n".join(one.text for one in passages if one.document == passage.document)
    abbreviations = find_abbreviations(text) if passage.tables else {}
    for table in passage.tables:
        if question.places and question.places.isdisjoint(find_own_places(table)):
            continue
        rows = {
            row: _match_row(row, question.terms, abbreviations) for row in table.rows if row.cells
        }
        heads = _list_single_heads(table.rows)
        columns = {head: match_label(head, question.terms, abbreviations) for head in heads}
        yield MatchedTable(passage, table, rows, columns)


def _match_row(
    row: TableRow, asked: frozenset[str], abbreviations: Mapping[str, str]
) -> LabelMatch:
    """What a row's label names of a question, and the label of its group as well."""
    match = match_label(row.label, asked, abbreviations)
    return LabelMatch(
        match.asked | match_label(row.group, asked, abbreviations).asked, match.others
    )


def find_own_places(table: Table) -> set[Place]:
    """The name of a table in its caption: Table 2."""
    return find_captioned_place(table.caption.text) if table.caption else set()


def _list_single_heads(rows: Sequence[TableRow]) -> list[str]:
    """The column heads of rows, in order, but those that head several columns."""
    counts = [Counter(head for head, _ in row.cells) for row in rows]
    heads = dict.fromkeys(head for row in rows for head, _ in row.cells)
    return [head for head in heads if all(count[head] <= 1 for count in counts)]


def _join_asked(labels: Mapping[Label, LabelMatch]) -> frozenset[str]:
    """The stems of the question that any of the labels names."""
    return frozenset[str]().union(*(match.asked for match in labels.values()))


def _choose_labels(labels: Mapping[Label, LabelMatch], needed: Set[str]) -> list[Label]:
    """The labels that together name all that is needed, with least besides; all where nothing is.

    None where labels name the same and cannot be told apart.
    """
    if not needed:
        return list(labels)
    chosen: list[Label] = []
    missing = set(needed)
    while missing:
        ranks = {
            label: (len(match.asked & missing), -len(match.others - COMMON_STEMS))
            for label, match in labels.items()
        }
        best = max(ranks, key=ranks.__getitem__)
        alike = [
            label
            for label, rank in ranks.items()
            if rank == ranks[best] and labels[label].asked == labels[best].asked
        ]
        if not labels[best].asked & missing or len(alike) > 1:
            return []
        chosen.append(best)
        missing -= labels[best].asked
    return chosen


def find_stems(text: str) -> frozenset[str]:
    """The stems of a text, with and without its hyphens."""
    return frozenset(stem_terms(f"{text} {text.replace('-', '')}"))
