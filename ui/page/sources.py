"""What stands in and below an answer: the marks that open a source, and the source's own words."""

import re
from collections.abc import Callable, Mapping, Sequence

from language.catalogue import write_text
from retrieval.passages import Evidence, Passage
from ui.page.markdown_text import escape_answer, escape_for_notes, escape_text

CITATION_MARK = re.compile(r"\[(\d+)\]")
# Where a mark leads: the n-th source that this chat has cited (public/chat.js knows it too).
TARGET = "#cite-{}"
SHORT = 36


def name_paper(passage: Passage) -> str:
    """What a reader knows a paper by."""
    return passage.title or passage.document


def shorten_name(passage: Passage) -> str:
    """The same where there is little room."""
    words = name_paper(passage)
    return words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}…"


def write_pages(pages: Sequence[int]) -> str:
    """Where in a paper something stands."""
    return write_text("found.on_pages", pages=", ".join(map(str, pages)))


def add_sources(
    answer: str,
    citations: Sequence[Evidence],
    *,
    cited_before: int,
    korean: Mapping[int, str] | None = None,
) -> str:
    """An answer as the chat shows it, its marks linked, and its sources below.

    `korean` has the words of sources in Korean, by number, as far as they were asked for.
    """
    sources = _sources(citations, korean or {}, model=_escape_rendering)
    shown = f"{escape_answer(answer)}\n\n---\n\n{sources}" if sources else escape_answer(answer)

    def link_mark(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if not 1 <= number <= len(citations):
            return f"\\[{number}\\]"
        return f"[\\[{number}\\]]({TARGET.format(cited_before + number - 1)})"

    return CITATION_MARK.sub(link_mark, shown)


def write_markdown(
    answer: str, citations: Sequence[Evidence], *, korean: Mapping[int, str] | None = None
) -> str:
    """An answer and its sources, to be pasted into notes: no links that only the chat knows."""
    return f"{answer}\n\n{_sources(citations, korean or {}, paper=escape_for_notes, model=str)}".strip()


def mark_text(pieces: Mapping[int, Evidence], passage: Passage) -> str:
    """A passage as Markdown, the words that an answer cites of it bold and numbered."""
    parts, at = [], 0
    cited = [(it.start, it.end, n) for n, it in pieces.items() if it.passage.id == passage.id]
    for start, end, number in sorted(cited):
        if start >= at:
            before, words = passage.text[at:start], passage.text[start:end]
            parts += [_lines(before), f" **\\[{number}\\] {escape_text(words)}** "]
            at = end
    parts.append(_lines(passage.text[at:]))
    head = f"*{escape_text(passage.section)}*\n\n" if passage.section else ""
    return head + "".join(parts).strip()


def _escape_rendering(text: str) -> str:
    """A quote in Korean: its numbers in brackets are the paper's own references, no marks of ours."""
    return CITATION_MARK.sub(r"\\[\1\\]", escape_answer(text))


def _lines(text: str) -> str:
    """Words of a text as they stand, line by line."""
    return "\n\n".join(escape_text(line) for line in text.split("\n"))


def _sources(
    citations: Sequence[Evidence],
    korean: Mapping[int, str],
    *,
    paper: Callable[[str], str] = escape_text,
    model: Callable[[str], str] = escape_answer,
) -> str:
    """Number, paper, page, the source's own words, and what they say in Korean."""
    return "\n\n".join(
        f"[{number}] **{paper(name_paper(piece.passage))}** · {write_pages([piece.page])}\n> {paper(piece.quote)}"
        + (f"\n>\n> {model(korean[number])}" if number in korean else "")
        for number, piece in enumerate(citations, start=1)
    )
