"""How evidence is written into a prompt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from language.matching import is_label_asked
from language.quotes import Span
from nodes.citing.orders import is_order
from nodes.prompts import fence_text
from retrieval.lines import CELL, LINE, is_caption, is_table_row
from retrieval.passages import Evidence, Passage
from retrieval.tables import Cells, Line, Table, TableRow

# A line that says nothing by itself: no stop at its end, and at most 80 characters.
BARE_HEADING = re.compile(r"(?!.*[.:;,?!]$).{1,80}")
HAS_WORD = re.compile(r"[^\W\d]{2}")
# A column with a name (GSM8K, Qwen2-7B) or of averages is one that a question can single out.
SINGLED_OUT = re.compile(r"(?:.*[A-Z\d]){2}|[Aa]vg|[Aa]verage")
# A cell in words: a method or a setting, and no figure with its unit.
CELL_IN_WORDS = re.compile(r"^[^\W\d_]{3}")


def write_excerpts(evidence: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> str:
    """The evidence grouped by passage, under the paper's title; the best comes last.

    Small models make most of what stands nearest to the question, and mistake one column of a
    table for another: of rows with columns that are asked for by name, only these are written.
    """
    parts = []
    for _, group in groupby(evidence, key=lambda piece: piece.passage.id):
        pieces = list(group)
        text = "\n...\n".join(filter(None, _write_pieces(pieces, asked)))
        title = fence_text(pieces[0].passage.title).replace('"', "'")
        parts.append(f'<paper title="{title}">\n{text}\n</paper>')
    return "\n".join(reversed(parts))


def number_evidence(evidence: Sequence[Evidence]) -> str:
    """The evidence as [1], [2], each with its paper and page."""
    return "\n".join(
        f"[{number}] ({fence_text(piece.passage.title or piece.passage.document)}, p. {piece.page}) "
        + ("".join(_write_pieces([piece])) or fence_text(piece.quote))
        for number, piece in enumerate(evidence, start=1)
    )


def _write_pieces(pieces: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each piece of one passage; a table's caption stands once, before the first of its rows."""
    passage = pieces[0].passage
    lines = {
        id(piece): [
            span
            for line in LINE.finditer(piece.quote)
            for span in passage.split_line(piece.start + line.start(), piece.start + line.end())
        ]
        for piece in pieces
    }
    tables = _find_first_rows(passage, [line for found in lines.values() for line in found])
    captions = _find_captions(tables)
    around = [*(table.head for table in tables.values()), *captions.values()]
    moved = [line.span for line in around if line.span]
    for piece in pieces:
        staying = [
            line
            for line in lines[id(piece)]
            if not any(start <= line[0] < end for start, end in moved)
        ]
        yield fence_text("\n".join(_write_lines(passage, staying, captions, asked)))


def _find_first_rows(passage: Passage, lines: Sequence[Span]) -> dict[Span, Table]:
    """Each table of which a row is read whose values pair with heads, by the first such row."""
    first: dict[int, tuple[Span, Table]] = {}
    for line in lines:
        if _find_paired_row(passage, line) and (table := passage.table_at(line[0])):
            first.setdefault(id(table), (line, table))
    return dict(first.values())


def _find_captions(tables: Mapping[Span, Table]) -> dict[Span, Line]:
    """The captions to be written that give no orders, each by the first row of its table."""
    return {
        line: table.caption
        for line, table in tables.items()
        if table.caption and not is_order(table.caption.text)
    }


def _find_paired_row(passage: Passage, line: Span) -> TableRow | None:
    """The row that a line is, where its values pair with column heads."""
    row = passage.row_at(line[0])
    return row if row and row.cells and row.span == line else None


def _write_lines(
    passage: Passage, spans: Sequence[Span], captions: Mapping[Span, Line], asked: frozenset[str]
) -> Iterator[str]:
    """The lines as a model reads them: values behind their columns' heads, captions marked.

    Page numbers, ticks of an axis, values without a label and headings of nothing are left out.
    """
    headings: list[str] = []
    for span in spans:
        line = passage.text[slice(*span)]
        if not HAS_WORD.search(line):
            continue
        if BARE_HEADING.fullmatch(line) and not is_table_row(line) and not is_caption(line):
            headings.append(f"# {line}")
            continue
        yield from headings
        headings.clear()
        if span in captions:
            yield f"[{captions[span].text}]"
        if row := _find_paired_row(passage, span):
            yield _write_row(row.label, row.cells, asked)
        else:
            yield f"[{line}]" if is_caption(line) else line.replace(CELL, " | ")


def _write_row(label: str, cells: Cells, asked: frozenset[str]) -> str:
    """A row with each value behind its column's head.

    Of columns asked for by name, only these, and values in words: they say what the row is of.
    """
    named = [
        cell for cell in cells if SINGLED_OUT.search(cell[0]) and is_label_asked(cell[0], asked)
    ]
    if named:
        cells = [cell for cell in cells if cell in named or CELL_IN_WORDS.search(cell[1])]
    return " | ".join([label, *(f"{head}: {value}" for head, value in cells)])
