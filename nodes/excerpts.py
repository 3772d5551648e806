"""How evidence is written into a prompt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from language.terms import terms
from retrieval.parsing.table_layout import CELL
from retrieval.parsing.tables import LINE, is_caption, is_row
from retrieval.passages import Evidence, Passage
from retrieval.tables import Cells, Line, Span, TableRow

# A line that says nothing by itself: no stop at its end, and few words.
HEADING = re.compile(r"(?!.*[.:;,?!]$).{1,80}")
HAS_WORD = re.compile(r"[^\W\d]{2}")
# A row or column of a table is asked about where the question has so much of its label.
ABOUT = 0.6
SHORTEST_SHORT = 3
HANGUL = re.compile(r"[가-힣]+")
ASIDE = re.compile(r"\[[\w+, ]+\]|\([^()]*\d[^()]*\)")
# A column with a name (GSM8K, Qwen2-7B) or of means is one that a question can single out.
SINGLED_OUT = re.compile(r"(?:.*[A-Z\d]){2}|[Aa]vg|[Aa]verage")
MEAN = re.compile(r"\bavg\b", re.IGNORECASE)
# A cell in words: a method or a setting, and no figure with its unit.
IN_WORDS = re.compile(r"^[^\W\d_]{3}")

# What a paper's words must not hold in a prompt: a chat template's own signs, and our fences.
SIGNS = re.compile(r"<(?=\||/?(?:paper|passage|excerpts|evidence)\b)")


def fenced(text: str) -> str:
    """A paper's words as data: nothing in them ends the fence around them, or a turn of the chat."""
    return SIGNS.sub("‹", text)


def asked_terms(question: str, english: str) -> frozenset[str]:
    """The stems of what a question asks about, in English and in the names of the Korean."""
    return frozenset(terms(f"{HANGUL.sub(' ', question)} {english}"))


def is_about(label: str, asked: frozenset[str]) -> bool:
    """Whether most words of a row's or column's label are asked for."""
    found = terms(MEAN.sub("average", ASIDE.sub("", label)))
    is_asked = [_is_asked(term, asked) for term in found]
    for at, (first, second) in enumerate(pairwise(found)):
        if f"{first}{second}" in asked:  # Qwen 2, of which Qwen2 is asked
            is_asked[at : at + 2] = True, True
    return bool(found) and sum(is_asked) >= ABOUT * len(found)


def _is_asked(term: str, asked: frozenset[str]) -> bool:
    """Whether a stem, what it is short for (RAG-Seq., params), or its parts (Qwen 2) are asked about."""
    is_short = len(term) >= SHORTEST_SHORT
    return term in asked or any(
        (is_short and word.startswith(term))
        or (term.startswith(word) and term.removeprefix(word) in asked)
        for word in asked
    )


def excerpts(evidence: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> str:
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


def numbered(evidence: Sequence[Evidence]) -> str:
    """The evidence as [1], [2], each with its paper and page."""
    return "\n".join(
        f"[{number}] ({fenced(piece.passage.title or piece.passage.document)}, p. {piece.page}) "
        + ("".join(_texts([piece])) or fenced(piece.quote))
        for number, piece in enumerate(evidence, start=1)
    )


def _texts(pieces: Sequence[Evidence], asked: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each piece of one passage; a table's caption stands once, before the first of its rows."""
    passage = pieces[0].passage
    lines = [
        (piece.start + line.start(), piece.start + line.end())
        for piece in pieces
        for line in LINE.finditer(piece.quote)
    ]
    tables = {
        line: table
        for line in lines
        if _paired(passage, line) and (table := passage.table_at(line[0]))
    }
    first = {id(table): line for line, table in reversed(tables.items())}
    captions = {line: caption for line in first.values() if (caption := tables[line].caption)}
    around = [*(tables[line].head for line in first.values()), *captions.values()]
    moved = [line.span for line in around if line.span]
    for piece in pieces:
        spans = [
            span
            for span in lines
            if piece.start <= span[0] < piece.end
            and not any(start <= span[0] < end for start, end in moved)
        ]
        yield fenced("\n".join(_lines(passage, spans, captions, asked)))


def _paired(passage: Passage, line: Span) -> TableRow | None:
    """The row that a line is, where its values pair with column heads."""
    row = passage.row_at(line[0])
    return row if row and row.cells and row.span == line else None


def _lines(
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
        if HEADING.fullmatch(line) and not is_row(line) and not is_caption(line):
            headings.append(f"# {line}")
            continue
        yield from headings
        headings.clear()
        if span in captions:
            yield f"[{captions[span].text}]"
        if row := _paired(passage, span):
            yield _row(row.label, row.cells, asked)
        else:
            yield f"[{line}]" if is_caption(line) else line.replace(CELL, " | ")


def _row(label: str, cells: Cells, asked: frozenset[str]) -> str:
    """A row with each value behind its column's head.

    Of columns asked for by name, only these, and values in words: they say what the row is of.
    """
    named = [cell for cell in cells if SINGLED_OUT.search(cell[0]) and is_about(cell[0], asked)]
    if named:
        cells = [cell for cell in cells if cell in named or IN_WORDS.search(cell[1])]
    return " | ".join([label, *(f"{head}: {value}" for head, value in cells)])
