"""What a row of a table says of all that a question names; a small model tells one cell of it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nodes.excerpts import ASIDE, is_about, named_cells
from nodes.figures import figures, values
from retrieval.passages import Evidence
from retrieval.tables import LINE, Cells, labelled_row

# So much of a label or a column's head has to be asked for here, where nothing else tells which.
ASKED = 0.8
COMPARED = re.compile(r"\b(high|low)er\b", re.IGNORECASE)


def whole_row(
    answer: str, english: str, evidence: Sequence[Evidence], asked: frozenset[str]
) -> str:
    """An English answer, or what a row says where that tells some of the cells asked for, not all."""
    known = values(answer)
    rows = list(_rows(evidence, asked))
    told = [sum(_value(value) in known for _, value in cells) for _, cells in rows]
    if any(count == len(cells) for count, (_, cells) in zip(told, rows, strict=True)):
        return answer
    part = [row for count, row in zip(told, rows, strict=True) if count]
    return _sentence(*part[0], english) if part else answer


def _rows(evidence: Sequence[Evidence], asked: frozenset[str]) -> Iterator[tuple[str, Cells]]:
    """The rows asked about, each with the cells that are, where these are several figures."""
    for piece in evidence:
        for line in LINE.finditer(piece.quote):
            span = piece.start + line.start(), piece.start + line.end()
            row = labelled_row(piece.passage.text, *span)
            if row and is_about(row[0], asked, share=ASKED):
                cells = [
                    cell for cell in named_cells(row[1], asked, share=ASKED) if _value(cell[1])
                ]
                if len(cells) > 1:
                    yield row[0], cells


def _value(cell: str) -> Decimal | None:
    return next((figure.value for figure in figures(cell)), None)


def _sentence(label: str, cells: Cells, english: str) -> str:
    """For GSM8K, the value of Gemma is 79.8, and the value of Phi is 86.4, so Phi is higher."""
    plain = [(head, ASIDE.sub("", value).strip()) for head, value in cells]
    told = [f"the value of {head} is {value}" for head, value in plain]
    text = f"For {ASIDE.sub('', label).strip()}, {', '.join(told[:-1])}, and {told[-1]}"
    if compared := COMPARED.search(english):
        extreme = max if compared[1].lower() == "high" else min
        text += f", so {extreme(cells, key=lambda cell: _value(cell[1]) or 0)[0]} is {compared[0]}"
    return f"{text}."
