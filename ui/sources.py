"""What stands in and below an answer: the marks that open a source, and the source's own words."""

import re
from collections.abc import Sequence

from retrieval.passages import Evidence, Passage
from ui.markdown_text import prose, verbatim

MARK = re.compile(r"\[(\d+)\]")
# Where a mark leads: the n-th source that this chat has cited (public/chat.js knows it too).
TARGET = "#cite-{}"
SHORT = 36


def name(passage: Passage) -> str:
    """What a reader knows a paper by."""
    return passage.title or passage.document


def short_name(passage: Passage) -> str:
    """The same where there is little room."""
    words = name(passage)
    return words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}…"


def with_sources(answer: str, citations: Sequence[Evidence], *, cited_before: int) -> str:
    """An answer as the chat shows it, its marks linked, and its sources below."""
    sources = "\n\n".join(
        f"[{number}] **{verbatim(name(piece.passage))}** · {piece.page}쪽\n> {verbatim(piece.quote)}"
        for number, piece in enumerate(citations, start=1)
    )
    shown = f"{prose(answer)}\n\n---\n\n{sources}" if sources else prose(answer)

    def linked(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if not 1 <= number <= len(citations):
            return f"\\[{number}\\]"
        return f"[\\[{number}\\]]({TARGET.format(cited_before + number - 1)})"

    return MARK.sub(linked, shown)
