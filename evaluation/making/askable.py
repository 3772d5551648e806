"""What of a passage can be asked about: the figures of plain sentences, and cells of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.figures import LABELLED_NUMBER, Figure, find_figures
from language.names import VERSIONED, remove_joints
from language.sentences import find_sentences
from nodes.small.select import LEANS
from retrieval.lines import is_caption, is_table_row
from retrieval.passages import Evidence, Passage

# Sentences that the small model can ask about, in characters.
MIN_LENGTH, MAX_LENGTH = 50, 320
CITED = re.compile(r"\[[^\[\]]{1,80}\]")
# What is cited, referred to or part of a name (Yi-1.5-34B): figures that are no answers.
CITED_ASIDE = re.compile(
    rf"{CITED.pattern}|\([^()]*(?:19|20)\d\d[^()]*\)|[A-Za-z][\w.]*(?:-[\w.]+)+"
    r"|\b(?:Sec|App|Tab|Fig|Eq)s?\.\s*[\d.]+"
)
SHOWN = re.compile(r"\b(?:Table|Figure)s? \d|=")
# A difference, whose direction gets lost in translation.
COMPARISON_AHEAD = re.compile(
    r"[^.,;]{0,25}\b(?:worse|better|higher|lower|more|less|fewer|larger|smaller|faster|slower)\b"
)
LETTER_PAIR = re.compile(r"[^\W\d_]{2}")
COLUMN = re.compile(r"[^\W\d_]{3}|[A-Z]{2}")
YEAR_FIGURE = re.compile(r"(?:19|20)\d\d")
# A size that only says which model is meant.
OF_MODEL = re.compile(r"[ -](?:\w+ )?(?:models?|version|variants?)\b")
MODEL_SIZE = re.compile(r"[\d.]+B")
COUNTED = re.compile(r" (?:\w+ )?(?:tokens|parameters|words|examples|samples|values|documents)\b")


@dataclass(frozen=True)
class Askable:
    """A figure to ask for."""

    evidence: Evidence
    figure: Figure
    cell: tuple[str, str] | None = None
    """Its row and column, where it stands in a table."""


def find_sentence_figures(passage: Passage) -> Iterator[Askable]:
    """Each figure that tells something, in each sentence that says something by itself."""
    for start, end in find_sentences(passage.text):
        text = passage.text[start:end]
        if _is_plain_sentence(text):
            evidence = Evidence(passage=passage, start=start, end=end)
            yield from (Askable(evidence, figure) for figure in _find_telling_figures(text))


def find_table_figures(passage: Passage) -> Iterator[Askable]:
    """Each figure of a table that stands once in its row, under a column head that says something."""
    for row in passage.rows_within(0, len(passage.text)):
        if not (row.cells and LETTER_PAIR.search(row.label)):
            continue
        evidence = Evidence(passage=passage, start=row.start, end=row.end)
        label, columns, cells = CITED.sub("", row.label).strip(), *zip(*row.cells, strict=True)
        for column, cell in row.cells:
            found = [
                figure for figure in find_figures(cell) if figure.text == cell and len(cell) > 1
            ]
            is_only = cells.count(cell) == columns.count(column) == 1
            if found and is_only and COLUMN.search(column):
                yield Askable(evidence, found[0], cell=(label, column))


def group_unique_cells(passages: Sequence[Passage]) -> dict[str, list[Askable]]:
    """By passage, the cells whose row and column no other row of the paper has together."""
    rows: dict[tuple[str, ...], set[str]] = {}
    found = [one for passage in passages for one in find_table_figures(passage)]
    for one in found:
        rows.setdefault(_locate_cell(one), set()).add(one.evidence.quote)
    cells: dict[str, list[Askable]] = {}
    for one in found:
        if len(rows[_locate_cell(one)]) == 1:
            cells.setdefault(one.evidence.passage.id, []).append(one)
    return cells


def _locate_cell(one: Askable) -> tuple[str, ...]:
    return (one.evidence.passage.document, *map(remove_joints, one.cell or ()))


def _is_plain_sentence(text: str) -> bool:
    """Whether it is a whole sentence that leans on none before it."""
    return (
        MIN_LENGTH <= len(text) <= MAX_LENGTH
        and text[0].isupper()
        and text[-1] == "."
        and not (is_table_row(text) or is_caption(text) or LEANS.match(text) or SHOWN.search(text))
    )


def _find_telling_figures(text: str) -> Iterator[Figure]:
    """The figures that are no year, no reference and no part of a name, each said once."""
    for aside in (CITED_ASIDE, LABELLED_NUMBER, VERSIONED):
        text = aside.sub(lambda match: " " * len(match[0]), text)
    found = list(find_figures(text))
    for figure in found:
        alike = [other for other in found if other.value == figure.value]
        is_size = MODEL_SIZE.fullmatch(figure.text) and not COUNTED.match(text, figure.end)
        says_which = (
            is_size or YEAR_FIGURE.fullmatch(figure.text) or OF_MODEL.match(text, figure.end)
        )
        is_clear = not (says_which or COMPARISON_AHEAD.match(text, figure.end))
        if len(figure.text) > 1 and len(alike) == 1 and is_clear:
            yield figure
