"""How evidence is written into a prompt."""

from collections.abc import Sequence
from itertools import groupby

from retrieval.passages import Evidence


def excerpts(evidence: Sequence[Evidence]) -> str:
    """The evidence grouped by passage, under the paper's title; the best comes last.

    Small models make most of what stands nearest to the question.
    """
    parts = []
    for _, group in groupby(evidence, key=lambda piece: piece.passage.id):
        pieces = list(group)
        quotes = "\n...\n".join(piece.quote for piece in pieces)
        parts.append(f'<paper title="{pieces[0].passage.title}">\n{quotes}\n</paper>')
    return "\n".join(reversed(parts))


def numbered(evidence: Sequence[Evidence]) -> str:
    """The evidence as [1], [2], each with its paper and page."""
    return "\n".join(
        f"[{number}] ({piece.passage.title or piece.passage.document}, p. {piece.page}) {piece.quote}"
        for number, piece in enumerate(evidence, start=1)
    )
