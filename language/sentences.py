"""Cut text into sentences; a table row or a heading, on a line of its own, counts as one."""

import re

# A full stop, perhaps closed by a quotation mark or bracket, with a new start behind it.
END = re.compile(r"[.!?。？！][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9가-힣∗†‡])")
# Behind these a full stop ends no sentence; so behind the number of a heading or list item.
ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|vs|etc|resp|approx|Figs?|Eqs?|Secs?|Sect|Tabs?|Refs?"
    r"|App|Ch|Vol|No|Nos|pp?|Dr|Mr|Mrs|Ms|Prof|St|Inc|Ltd|Co|Synth|Avg|[A-Z])|^\W*\d+(?:\.\d+)*)\.$"
)
# What may follow "et al.", "etc." or "the matrix Q." when it does end its sentence.
NEW_CLAUSE = re.compile(r"\s+(?:The|This|These|We|In|Our|It|However|For|To|As|A|An)\b")
ENDS_TOO = re.compile(r"\b(?:et al|etc|Inc|Ltd|Co|(?<=[a-z] )[A-Z])\.$")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of the text starts and ends, in characters, without white space."""
    return [
        span
        for line in re.finditer(r"[^\n]+", text)
        for span in _find_sentences_of_line(text, line.start(), line.end())
    ]


def _find_sentences_of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one paragraph or row."""
    spans = []
    for match in END.finditer(text, start, end):
        if not is_abbreviation(text[start : match.end()], text[match.end() : end]):
            spans.append(_strip_span(text, start, match.end()))
            start = match.end()
    spans.append(_strip_span(text, start, end))
    return [(first, last) for first, last in spans if first < last]


def is_abbreviation(before: str, after: str) -> bool:
    """Whether the full stop belongs to its word, and the sentence goes on."""
    if not ABBREVIATION.search(before.lstrip()):
        return False
    return not (ENDS_TOO.search(before) and NEW_CLAUSE.match(after))


def _strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    inner = text[start:end]
    return (
        start + len(inner) - len(inner.lstrip()),
        end - len(inner) + len(inner.rstrip()),
    )
