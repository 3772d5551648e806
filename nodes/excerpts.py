"""How evidence is written into a prompt."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.grid import CELL
from retrieval.passages import Evidence
from retrieval.tables import is_caption, is_row, labelled_row, table_head

# A line that says nothing by itself: no stop at its end, and few words.
HEADING = re.compile(r"(?!.*[.:;,?!]$).{1,80}")
HAS_WORD = re.compile(r"[^\W\d]{2}")


# What a paper's words must not hold in a prompt: a chat template's own signs, and our fences.
SIGNS = re.compile(r"<(?=\||/?(?:paper|passage|excerpts|evidence)\b)")


def fenced(text: str) -> str:
    """A paper's words as data: nothing in them ends the fence around them, or a turn of the chat."""
    return SIGNS.sub("‹", text)


def excerpts(evidence: Sequence[Evidence]) -> str:
    """The evidence grouped by passage, under the paper's title; the best comes last.

    Small models make most of what stands nearest to the question.
    """
    parts = []
    for _, group in groupby(evidence, key=lambda piece: piece.passage.id):
        pieces = list(group)
        texts = "\n...\n".join(filter(None, map(_text, pieces)))
        title = fenced(pieces[0].passage.title).replace('"', "'")
        parts.append(f'<paper title="{title}">\n{texts}\n</paper>')
    return "\n".join(reversed(parts))


def numbered(evidence: Sequence[Evidence]) -> str:
    """The evidence as [1], [2], each with its paper and page."""
    return "\n".join(
        f"[{number}] ({fenced(piece.passage.title or piece.passage.document)}, p. {piece.page}) "
        + (_text(piece) or fenced(piece.quote))
        for number, piece in enumerate(evidence, start=1)
    )


def _text(piece: Evidence) -> str:
    return fenced("\n".join(_lines(piece)))


def _lines(piece: Evidence) -> Iterator[str]:
    """The lines of a piece: each value of a table behind its column's head, captions marked.

    Page numbers, ticks of an axis and headings of nothing are left out.
    """
    text = piece.passage.text
    spans = [
        (piece.start + match.start(), piece.start + match.end())
        for match in re.finditer(r"[^\n]+", piece.quote)
    ]
    labelled = {span: row for span in spans if (row := labelled_row(text, *span))}
    heads = {table_head(text, start) for start, _ in labelled}
    headings: list[str] = []
    for span in spans:
        line = text[slice(*span)]
        if span in heads or not (HAS_WORD.search(line) or is_row(line)):
            continue
        if HEADING.fullmatch(line) and not is_row(line) and not is_caption(line):
            headings.append(f"# {line}")
            continue
        yield from headings
        headings.clear()
        if span in labelled:
            yield labelled[span]
        else:
            yield f"[{line}]" if is_caption(line) else line.replace(CELL, " | ")
