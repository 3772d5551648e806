"""What a row of a table says of all that a question names; a small model tells one cell of it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from language.figures import find_figures
from language.matching import ASIDE, is_label_asked
from language.names import has_name
from nodes.excerpts import SINGLED_OUT
from nodes.question import Question
from retrieval.passages import Evidence

ASKED_COMPARISON = re.compile(r"\b(high|low)er\b", re.IGNORECASE)
# Other comparisons need to know which end is good.
JUDGED = re.compile(r"\b(?:better|worse|best|worst|difference|than)\b", re.IGNORECASE)
PLAIN_FIGURE = re.compile(r"[-−–+]?\d+(?:,\d{3})*(?:\.\d+)?%?")
# The first word of a name, and those with a digit or several capitals: Gemma 2 9B, of Gemma 2 9B Inst.
OF_NAME = re.compile(r"^\S+|\S*\d\S*|\S*[A-Z]\S*[A-Z]\S*")


class AskedCell(NamedTuple):
    """A figure of a table."""

    name: str
    """Of its column."""

    text: str
    value: Decimal


def complete_row(answer: str, question: Question, evidence: Sequence[Evidence]) -> str:
    """An English answer, or what a row says where that tells some of its cells asked for, not all.

    Left alone is what may say more than cells: an answer with other figures, or a question about
    several rows, or for which of them is better.
    """
    english = question.english
    rows = list(_find_rows(question, evidence))
    if len(rows) != 1 or (JUDGED.search(english) and not ASKED_COMPARISON.search(english)):
        return answer
    label, cells = rows[0]
    stated = {figure.value for figure in find_figures(answer)} - question.figures
    in_row = {abs(cell.value) for cell in cells}
    return _tell_cells(label, cells, english) if stated and stated < in_row else answer


def _find_rows(
    question: Question, evidence: Sequence[Evidence]
) -> Iterator[tuple[str, Sequence[AskedCell]]]:
    """The rows asked about, each with the figures that are, where these are several."""
    for piece in evidence:
        for row in piece.passage.rows_within(piece.start, piece.end):
            if row.cells and is_label_asked(row.label, question.terms):
                cells = list(_find_asked_cells(row.cells, question.english))
                # Two columns of one name are of different things, which the head does not tell.
                if len({cell.name for cell in cells}) == len(cells) > 1:
                    yield ASIDE.sub("", row.label).strip(), cells


def _find_asked_cells(cells: Sequence[tuple[str, str]], english: str) -> Iterator[AskedCell]:
    """The plain figures of columns whose names the question has, and no longer name in their place."""
    names = {head: " ".join(OF_NAME.findall(head)) for head, _ in cells if SINGLED_OUT.search(head)}
    asked = {head: name for head, name in names.items() if has_name(english, name)}
    for head, value in cells:
        text = ASIDE.sub("", value).strip()
        longer = (other for other in asked.values() if other != asked.get(head))
        is_part = any(has_name(other, asked.get(head, "")) for other in longer)
        if head in asked and not is_part and PLAIN_FIGURE.fullmatch(text):
            plain = text.replace(",", "").rstrip("%").replace("−", "-").replace("–", "-")
            yield AskedCell(head, text, Decimal(plain))


def _tell_cells(label: str, cells: Sequence[AskedCell], english: str) -> str:
    """For GSM8K, the value of Gemma is 79.8, and the value of Phi is 86.4, so Phi is higher."""
    told = [f"the value of {cell.name} is {cell.text}" for cell in cells]
    text = f"For {label}, {', '.join(told[:-1])}, and {told[-1]}"
    compared = ASKED_COMPARISON.search(english)
    if compared and len({cell.value for cell in cells}) == len(cells):
        extreme = max if compared[1].lower() == "high" else min
        text += f", so {extreme(cells, key=lambda cell: cell.value).name} is {compared[0]}"
    return f"{text}."
