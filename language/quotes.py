"""Find words in a source: what does not stand there is no evidence."""

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]
"""Where words start and end in a text, in characters."""

# Left out of comparisons: white space, hyphens and dashes, quotation marks, invisible characters.
LEFT_OUT = (
    r"\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff"
    r"\-\u2010-\u2015\u2212"
    r"\"'`´\u2018-\u201f\u2032\u2033«»"
)
COMPARED_RUN = re.compile(rf"[^{LEFT_OUT}]+")
# Dashes that papers set for a hyphen or a minus.
DASH = re.compile("[\u2010-\u2015\u2212]")
# A word with its hyphens and apostrophes, a number with its sign, separators and per cent.
QUOTED_WORD = re.compile(
    r"(?:(?<![\w.,])[-+±](?=\d))?\d+(?:[.,]\d+)*(?:[-'’]?\w+)*%?|[^\W\d]\w*(?:[-'’]+\s*\w+)*"
    r"|[%$€£¥<>=≤≥≈×±^/]"
)
SIGNED_NUMBER = re.compile(r"(?:(?<![\w.,])[-+±](?=\d))?\d+(?:[.,]\d+)*")
# The two halves of a word that a page breaks; without these in front it says the opposite.
BROKEN_OFF = re.compile(r"-\s+|['’]s\b")
BROKEN_ON = re.compile(r"(\w+)-\s+$")
# The mark of a footnote, set behind the last word of a sentence.
FOOTNOTE = re.compile(r"(?<=[a-z]{6})\d{1,2}(?=[.;:)]*\s*(?:\n|$|[A-Z]))")
TURNING = frozenset("anti de dis il im in ir mis non un".split())
# Words without the negation that stands beside them say the opposite too.
NEGATED = re.compile(r"\b(?:not|never|no|cannot|without|neither|nor)\s+$", re.IGNORECASE)
NEGATION = re.compile(r"\s+(?:not|never|no longer)\b", re.IGNORECASE)
ARTICLES = frozenset({"a", "an", "the"})


def find_quote(words: str, text: str) -> Span | None:
    """Where the words stand in the text, if they do: white space, hyphens, quotation marks,
    letter forms, articles and punctuation may differ, and nothing else.
    """
    words = words.strip(" .…\n\t")
    if not words:
        return None
    return _find_by_letters(words, text) or _find_by_words(words, text)


def compared_letters(text: str) -> tuple[str, list[int]]:
    """The text as comparisons see it, and for each of its letters the offset in the text."""
    compared: list[str] = []
    offsets: list[int] = []
    for run in COMPARED_RUN.finditer(text):
        if run[0].isascii():
            compared.append(run[0])
            offsets.extend(range(*run.span()))
            continue
        for offset, letter in enumerate(run[0], start=run.start()):
            form = plain_letter(letter)
            compared.append(form)
            offsets.extend([offset] * len(form))
    return "".join(compared), offsets


def plain_letter(letter: str) -> str:
    """One letter in its plainest form: no ligature, no accent, no odd width."""
    form = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in form if not unicodedata.combining(part) and not part.isspace())


def find_occurrences(part: str, whole: str) -> Iterator[int]:
    """Where a part begins in the whole, each time."""
    at = whole.find(part)
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)


def _find_by_letters(words: str, text: str) -> Span | None:
    """The same letters, as whole words, with the same numbers."""
    wanted, _ = compared_letters(words)
    compared, offsets = compared_letters(text)
    if not wanted:
        return None
    for at in find_occurrences(wanted, compared):
        span = offsets[at], offsets[at + len(wanted) - 1] + 1
        if _is_whole_statement(text, *span) and _find_numbers(text[slice(*span)]) == _find_numbers(
            words
        ):
            return span
    return None


def _find_by_words(words: str, text: str) -> Span | None:
    """The same words in a row, but for articles and punctuation."""
    wanted = [form for form, _ in _compared_words(words)]
    source = list(_compared_words(text))
    forms = [form for form, _ in source]
    if not wanted:
        return None
    for at in range(len(forms) - len(wanted) + 1):
        if forms[at] == wanted[0] and forms[at : at + len(wanted)] == wanted:
            span = source[at][1][0], source[at + len(wanted) - 1][1][1]
            if _is_whole_statement(text, *span):
                return span
    return None


def _compared_words(text: str) -> Iterator[tuple[str, Span]]:
    """Each word but articles, in the form that is compared, with its place."""
    for match in QUOTED_WORD.finditer(DASH.sub("-", text)):
        sign = match[0][0] if match[0][0] in "-+" else ""
        form = sign + compared_letters(match[0])[0].casefold()
        if form not in ARTICLES:
            yield form, match.span()


def _find_numbers(text: str) -> list[str]:
    return SIGNED_NUMBER.findall(DASH.sub("-", text))


def _is_whole_statement(text: str, start: int, end: int) -> bool:
    """Whether the words are whole, and not cut off from a negation."""
    near = max(start - 60, 0)
    is_negated = NEGATED.search(text[near:start]) or NEGATION.match(text, end)
    return not is_negated and _ends_at_words(text, start, end)


def _ends_at_words(text: str, start: int, end: int) -> bool:
    """Whether no word or number is cut at either end, but by the end of a line or page.

    A footnote's mark is no part of its word.
    """
    near = max(start - 60, 0)
    words = QUOTED_WORD.finditer(DASH.sub("-", text[near : end + 60]))
    cut = [
        edge
        for first, last in ((match.start() + near, match.end() + near) for match in words)
        for edge in (start, end)
        if first < edge < last
    ]
    return all(
        BROKEN_OFF.match(text, edge) or FOOTNOTE.match(text, edge)
        if edge == end
        else _continues_broken_word(text[:edge])
        for edge in cut
    )


def _continues_broken_word(before: str) -> bool:
    """Whether the page broke the word here, behind no syllable that turns its meaning."""
    broken = BROKEN_ON.search(before)
    return broken is not None and broken[1].lower() not in TURNING
