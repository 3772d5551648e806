"""How evidence is written into a prompt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from language.matching import is_label_asked
from nodes.prompts import fenced
from retrieval.parsing.table_layout import CELL
from retrieval.parsing.tables import (
    LINE,
    Cells,
    Span,
    caption_of,
    is_caption,
    is_row,
    labelled_row,
    table_head,
)
from retrieval.passages import Evidence

# A line that says nothing by itself: no stop at its end, and few words.
HEADING = re.compile(r"(?!.*[.:;,?!]$).{1,80}")
HAS_WORD = re.compile(r"[^\W\d]{2}")
# A column with a name (GSM8K, Qwen2-7B) or of means is one that a question can single out.
SINGLED_OUT = re.compile(r"(?:.*[A-Z\d]){2}|[Aa]vg|[Aa]verage")
# A cell in words: a method or a setting, and no figure with its unit.
IN_WORDS = re.compile(r"^[^\W\d_]{3}")


def write_excerpts(evidence: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> str:
    """The evidence grouped by passage, under the paper's title; the best comes last.

    Small models make most of what stands nearest to the question, and mistake one column of a
    table for another: of rows with columns that are asked for by name, only these are written.
    """
    parts = []
    for _, group in groupby(evidence, key=lambda piece: piece.passage.id):
        pieces = list(group)
        text = "\n...\n".join(filter(None, _texts(pieces, asked)))
        title = fenced(pieces[0].passage.title).replace('"', "'")
        parts.append(f'<paper title="{title}">\n{text}\n</paper>')
    return "\n".join(reversed(parts))


def number_evidence(evidence: Sequence[Evidence]) -> str:
    """The evidence as [1], [2], each with its paper and page."""
    return "\n".join(
        f"[{number}] ({fenced(piece.passage.title or piece.passage.document)}, p. {piece.page}) "
        + ("".join(_texts([piece])) or fenced(piece.quote))
        for number, piece in enumerate(evidence, start=1)
    )


def _texts(pieces: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each piece of one passage; a table's caption stands once, before the first of its rows."""
    text = pieces[0].passage.text
    lines = [
        (piece.start + line.start(), piece.start + line.end())
        for piece in pieces
        for line in LINE.finditer(piece.quote)
    ]
    rows = {
        line: head
        for line in lines
        if labelled_row(text, *line) and (head := table_head(text, line[0]))
    }
    first = {head: row for row, head in reversed(rows.items())}
    captions = {row: caption for head, row in first.items() if (caption := caption_of(text, head))}
    moved = [*first, *captions.values()]
    for piece in pieces:
        spans = [
            span
            for span in lines
            if piece.start <= span[0] < piece.end
            and not any(start <= span[0] < end for start, end in moved)
        ]
        yield fenced("\n".join(_lines(text, spans, captions, asked)))


def _lines(
    text: str, spans: Sequence[Span], captions: Mapping[Span, Span], asked: frozenset[str]
) -> Iterator[str]:
    """The lines as a model reads them: values behind their columns' heads, captions marked.

    Page numbers, ticks of an axis, values without a label and headings of nothing are left out.
    """
    headings: list[str] = []
    for span in spans:
        line = text[slice(*span)]
        if not HAS_WORD.search(line):
            continue
        if HEADING.fullmatch(line) and not is_row(line) and not is_caption(line):
            headings.append(f"# {line}")
            continue
        yield from headings
        headings.clear()
        if span in captions:
            yield f"[{text[slice(*captions[span])]}]"
        if row := labelled_row(text, *span):
            yield _row(*row, asked)
        else:
            yield f"[{line}]" if is_caption(line) else line.replace(CELL, " | ")


def _row(label: str, cells: Cells, asked: frozenset[str]) -> str:
    """A row with each value behind its column's head.

    Of columns asked for by name, only these, and values in words: they say what the row is of.
    """
    named = [
        cell for cell in cells if SINGLED_OUT.search(cell[0]) and is_label_asked(cell[0], asked)
    ]
    if named:
        cells = [cell for cell in cells if cell in named or IN_WORDS.search(cell[1])]
    return " | ".join([label, *(f"{head}: {value}" for head, value in cells)])
