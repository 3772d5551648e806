"""Overviews of a paper: which sentences tell what it is about, its contributions, limits and conclusion.

Chosen by code, from the sections that papers have for it. A model only words them.
"""

import re
from collections.abc import Iterator, Sequence

from language.sentences import find_sentences
from nodes.citing.orders import is_order
from nodes.kinds import Kind, find_page
from nodes.named_papers import PaperCatalogue, find_meant_papers
from nodes.refusal import Refusal
from retrieval.lines import CELL, LINE, is_caption, is_table_row
from retrieval.passages import Evidence, Passage

# The heading of a section, by its number or as a usual name.
HEADING = re.compile(
    r"\W*(?:(?:\d{1,2}|[A-Z])(?:\.\d{1,2})*\.?\s+[A-Z가-힣][^.!?]{2,80}|abstract|references|acknowledge?ments?|appendix.{0,40}"
    r"|introduction|conclusions?|limitations?|discussion|초록|요약|서론|결론|한계|참고\s?문헌)\W*",
    re.IGNORECASE,
)
SECTIONS: dict[Kind, re.Pattern[str]] = {
    "overview": re.compile(r"\babstract\b|초록|요약", re.IGNORECASE),
    "abstract": re.compile(r"\babstract\b|초록|요약", re.IGNORECASE),
    # What a paper contributes, not who did what: "Author Contributions", "Contributions and Acknowledgments".
    "contributions": re.compile(
        r"\babstract\b|(?<!author )(?<!authors )(?<!author's )(?<!author’s )\bcontributions?\b(?!\s*(?:and|&)\s*acknowl)|초록|기여",
        re.IGNORECASE,
    ),
    "limits": re.compile(r"\blimitations?\b|\bweakness|한계|제한점", re.IGNORECASE),
    "conclusion": re.compile(r"\bconclu|맺음|결론", re.IGNORECASE),
}
MOST_SENTENCES: dict[Kind, int] = {
    "overview": 5,
    "abstract": 12,
    "contributions": 5,
    "limits": 6,
    "conclusion": 5,
    "page": 8,
}
# What authors say that they did.
CONTRIBUTES = re.compile(
    r"\b(?:we|our|this (?:\w+ )?(?:paper|report|work|study))\b.*\b(?:introduc|propos|presen|releas|show|demonstrat|develop|provid|achiev"
    r"|outperform|evaluat|contribut|investigat|find|mak)\w*|\boutperform|\bstate-of-the-art\b",
    re.IGNORECASE,
)
# A paragraph without a heading that is long enough for an abstract, in characters.
MIN_ABSTRACT = 300
MIN_SENTENCE = 30
# Titles, headings and names of authors end in none of these.
SENTENCE_END = re.compile(r"[.!?:;。][\"'”’)\]]*$|[다요음함임]$")
# Of so many papers an overview is given at once.
MAX_OVERVIEWS = 3


def find_sections(
    kind: Kind, asked: str, earlier: Sequence[str], catalogue: PaperCatalogue
) -> list[Passage] | Refusal:
    """The passages of the papers meant that tell of them what is asked; Refusal where none is meant."""
    papers = find_meant_papers(asked, earlier, catalogue)
    if isinstance(papers, Refusal):
        return papers
    found = [
        piece.passage
        for paper in papers[:MAX_OVERVIEWS]
        for piece in find_overview(kind, catalogue.list_passages_of(paper), asked=asked)
    ]
    return list({passage.id: passage for passage in found}.values())


def find_overview(kind: Kind, passages: Sequence[Passage], *, asked: str = "") -> list[Evidence]:
    """The sentences of one paper that tell what is asked, in order; none where it has no such section or page."""
    if kind == "page":
        return list(_find_sentences_of_page(find_page(asked), passages))[: MOST_SENTENCES[kind]]
    found = list(_find_sentences_of_sections(SECTIONS[kind], passages))
    if not found and kind in {"overview", "contributions"}:
        found = _find_first_paragraph(passages)
    if kind == "contributions":
        found = [piece for piece in found if CONTRIBUTES.search(piece.quote)] or found
    return found[: MOST_SENTENCES[kind]]


def _find_sentences_of_sections(
    section: re.Pattern[str], passages: Sequence[Passage]
) -> Iterator[Evidence]:
    """The sentences below headings of a kind, each once though passages overlap."""
    seen: set[str] = set()
    for passage in passages:
        inside = bool(section.search(passage.section.rpartition(" > ")[2]))
        for line in LINE.finditer(passage.text):
            if HEADING.fullmatch(line[0].strip()):
                inside = bool(section.search(line[0]))
                continue
            begins = section.match(line[0].strip())  # "Abstract—We present"
            if not (inside or (begins and len(line[0]) > MIN_ABSTRACT)):
                continue
            for piece in _cut_line(passage, line.start(), line.end()):
                if piece.quote not in seen:
                    seen.add(piece.quote)
                    yield piece


def _find_sentences_of_page(page: int | None, passages: Sequence[Passage]) -> Iterator[Evidence]:
    """The sentences that begin on a page, from 1, each once though passages overlap; no title or heading."""
    seen: set[str] = set()
    for passage in passages:
        for line in LINE.finditer(passage.text) if page in passage.pages else ():
            for piece in _cut_line(passage, line.start(), line.end()):
                is_sentence = SENTENCE_END.search(piece.quote.strip())
                if piece.page == page and is_sentence and piece.quote not in seen:
                    seen.add(piece.quote)
                    yield piece


def _find_first_paragraph(passages: Sequence[Passage]) -> list[Evidence]:
    """The sentences of the first long paragraph, which is the abstract where nothing says so."""
    for passage in passages[:2]:
        for line in LINE.finditer(passage.text):
            if len(line[0]) >= MIN_ABSTRACT:
                return list(_cut_line(passage, line.start(), line.end()))
    return []


def _cut_line(passage: Passage, start: int, end: int) -> Iterator[Evidence]:
    """The sentences of one paragraph; none of a table, a caption or an order."""
    text = passage.text[start:end]
    if CELL in text or is_caption(text) or is_table_row(text):
        return
    for first, last in find_sentences(text):
        piece = Evidence(passage=passage, start=start + first, end=start + last)
        if len(piece.quote) >= MIN_SENTENCE and not is_order(piece.quote):
            yield piece
