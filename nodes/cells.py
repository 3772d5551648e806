"""Cells of tables that a question asks for, found by code: rows and columns told from their siblings.

A cell counts only where each telling word of the question is accounted for: by its row, its column,
or the table and paper that they stand in. So a row is never answered with another column's value.
"""

import re
from collections.abc import Iterable, Sequence

from language.amounts import ASKING
from nodes.matched_table import Cell, find_stems, match_tables
from nodes.question import Question
from retrieval.passages import Evidence, Passage

# What tells the paper, and neither a row nor a column of its tables: "in the Phi-3 report".
OF_PAPER = re.compile(
    r"\b(?:in|of|from|by|to) the ((?:[\w.+-]+ ){1,6}?)(?:papers?|reports?|tables?|study|survey)\b",
    re.IGNORECASE,
)
# It asks what tells two things apart; cells of all columns alike do not say.
DIFFER = re.compile(r"\bdiffer(?:s|ent|ence|ences)?\b", re.IGNORECASE)
# More cells than this are no answer but a table.
MAX_CELLS = 6


def find_asked_cells(question: Question, passages: Sequence[Passage]) -> list[Cell]:
    """The cells that a question asks for, of each table that names them most closely.

    Empty where no table accounts for each word of the question, where names cannot be told apart,
    and where more is asked than the cells say.
    """
    if question.asks_why:
        return []
    of_paper = find_stems(" ".join(OF_PAPER.findall(question.english)))
    asked = question.terms - {number for _, number in question.places}
    fits = [
        matched.choose_cells(asked, of_paper)
        for passage in passages
        for matched in match_tables(question, passage, passages)
    ]
    best = min((fit for fit, cells in fits if cells), default=None)
    found: dict[tuple[str, str, str], Cell] = {}
    for fit, cells in fits:
        for cell in cells if fit == best else []:
            found.setdefault((cell.row.label, cell.head, cell.value), cell)
    is_whole = len(ASKING.findall(question.english)) <= len(found) <= MAX_CELLS
    is_vague = DIFFER.search(question.english) and found and min(_count_labels(found)) > 1
    return list(found.values()) if is_whole and not is_vague else []


def _count_labels(found: Iterable[tuple[str, str, str]]) -> tuple[int, int]:
    """How many rows and how many columns cells stand in."""
    return len({row for row, _, _ in found}), len({head for _, head, _ in found})


def find_absent_siblings(question: Question, passages: Sequence[Passage]) -> list[str]:
    """The languages or sizes that a question asks a table for, and that this table lacks.

    The Korean score of a table with columns for German and Japanese is in no other place.
    """
    asked = question.terms - {number for _, number in question.places}
    for passage in passages:
        for matched in match_tables(question, passage, passages):
            if absent := matched.find_absent_siblings(asked):
                return sorted(absent)
    return []


def cite_rows(cells: Sequence[Cell]) -> list[Evidence]:
    """The rows that cells stand in, each with the columns that are meant."""
    columns: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        columns.setdefault((cell.passage.id, cell.row.start), []).append(cell)
    return [
        Evidence(
            passage=of_row[0].passage,
            start=of_row[0].row.start,
            end=of_row[0].row.end,
            columns=tuple(cell.head for cell in of_row),
        )
        for of_row in columns.values()
    ]


def list_cells(evidence: Sequence[Evidence]) -> list[Cell]:
    """The cells that evidence means; none where a piece of it is no row with its columns."""
    cells = [
        Cell(piece.passage, table, row, head)
        for piece in evidence
        if (table := piece.passage.table_at(piece.start))
        and (row := piece.passage.row_at(piece.start))
        for head in piece.columns
    ]
    return cells if all(piece.columns for piece in evidence) else []
