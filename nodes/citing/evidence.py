"""Evidence from spans of passages, without words that give orders to whoever reads them."""

from collections.abc import Sequence

from language.quotes import Span
from nodes.citing.orders import is_order
from retrieval.passages import Evidence, Passage


def find_readable_spans(passage: Passage) -> list[Span]:
    """The sentences, rows and captions of a passage that a model may read."""
    return [span for span in passage.find_statements() if not is_order(passage.text[slice(*span)])]


def merge_spans(passage: Passage, spans: Sequence[Span]) -> list[Evidence]:
    """One piece of evidence for each run of spans that touch or overlap; spans are in order."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not passage.text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [Evidence(passage=passage, start=start, end=end) for start, end in merged]


def quote_with_table_head(piece: Evidence) -> str:
    """The evidence, with the column heads of the table that it is a row of."""
    table = piece.passage.table_at(piece.start)
    return f"{table.head.text}\n{piece.quote}" if table else piece.quote
