"""Cut a paper into passages of whole sentences, each of which knows its pages and section."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from language.quotes import Span
from language.sentences import find_sentences
from language.tokens import count_tokens, load_encoding
from retrieval.parsing.paper import Paper
from retrieval.parsing.sections import find_sections
from retrieval.parsing.tables import find_table_spans, find_tables
from retrieval.tables import Table, cut_tables

PASSAGE_TOKENS = 800
OVERLAP_TOKENS = 80
# A piece cut out of a text may need a few more tokens than it had in it.
RECUT_TOKENS = 16
PAGE_BREAK, SOFT_PAGE_BREAK = "\n\n", " "


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A stretch of a paper's text."""

    text: str
    page_starts: tuple[tuple[int, int], ...]
    """(offset in the text, page number) for each page that the chunk touches."""

    tokens: int
    new_tokens: int
    """Tokens that no earlier chunk holds: their sum is the paper's."""

    section: str = ""
    """The path of the section that it begins in."""

    is_reference: bool = False
    """Whether it is a part of the list of references, which no search sees."""

    tables: tuple[Table, ...] = ()
    """Its tables; of one that is cut in two, each part has the heads and the caption."""


def cut_chunks(
    paper: Paper, *, size: int = PASSAGE_TOKENS, overlap: int = OVERLAP_TOKENS
) -> Iterator[Chunk]:
    """Cut the paper into chunks of at most `size` tokens that share about `overlap`."""
    text, starts = _join_pages(paper)
    tables = find_tables(text)
    marks = [(starts[part.page] + part.offset, part) for part in find_sections(paper)]
    for is_reference, group in groupby(marks, key=lambda mark: mark[1].is_reference):
        within = list(group)
        after = marks.index(within[-1]) + 1
        end = marks[after][0] if after < len(marks) else len(text)
        for first, last, tokens, new in _cut_stretch(text, within[0][0], end, size, overlap):
            _, section = within[bisect_right(within, first, key=lambda mark: mark[0]) - 1]
            yield Chunk(
                text=text[first:last],
                page_starts=_find_page_starts(starts, paper, first, last),
                tokens=tokens,
                new_tokens=new,
                section=section.path,
                is_reference=is_reference,
                tables=tuple(cut_tables(tables, first, last)),
            )


def _join_pages(paper: Paper) -> tuple[str, list[int]]:
    """The text of all pages, and where each begins."""
    parts = [page.text + (SOFT_PAGE_BREAK if page.goes_on else PAGE_BREAK) for page in paper.pages]
    return "".join(parts).rstrip(), list(accumulate(map(len, parts[:-1]), initial=0))


def _cut_stretch(
    text: str, start: int, end: int, size: int, overlap: int
) -> Iterator[tuple[int, int, int, int]]:
    """Where each chunk of a stretch starts and ends, its tokens, and how many are new."""
    spans = [(start + first, start + last) for first, last in find_sentences(text[start:end])]
    units = [unit for span in spans for unit in _split_long_unit(text, span, size)]
    # Each unit pays for the white space before it too.
    ends = [start, *(last for _, last in units)]
    lengths = [count_tokens(text[before:after]) for before, after in pairwise(ends)]
    seen = 0
    for first, last in _group_units(lengths, _find_units_of_tables(text, units), size, overlap):
        yield (
            units[first][0],
            units[last - 1][1],
            sum(lengths[first:last]),
            sum(lengths[max(first, seen) : last]),
        )
        seen = last


def _split_long_unit(text: str, span: tuple[int, int], size: int) -> list[tuple[int, int]]:
    """The span itself, or pieces of it where a table or formula never ends."""
    start, end = span
    if len(text[start:end].encode()) <= size:  # a token is a byte at least
        return [span]
    ids = load_encoding().encode_ordinary(text[start:end])
    if len(ids) <= size:
        return [span]
    _, offsets = load_encoding().decode_with_offsets(ids)
    edges = [start + offset for offset in offsets[:: size - RECUT_TOKENS]] + [end]
    return list(pairwise(edges))


def _find_units_of_tables(text: str, units: Sequence[Span]) -> list[range]:
    """For each unit, those of the table that it stands in: itself alone outside of tables."""
    starts = [start for start, _ in units]
    tables = [range(at, at + 1) for at in range(len(units))]
    for start, end in find_table_spans(text):
        table = range(bisect_left(starts, start), bisect_left(starts, end))
        tables[table.start : table.stop] = [table] * len(table)
    return tables


def _group_units(
    lengths: Sequence[int], tables: Sequence[range], size: int, overlap: int
) -> Iterator[tuple[int, int]]:
    """Ranges of units, each range within `size` tokens and starting inside the last one.

    A table is cut only where it is longer than a range, so that its rows keep their heads.
    """
    first = 0
    while first < len(lengths):
        last, total = first, 0
        while last < len(lengths) and (total + lengths[last] <= size or last == first):
            total += lengths[last]
            last += 1
        if last < len(lengths) and tables[last].start > first:
            last = tables[last].start
        yield first, last
        if last == len(lengths):
            return
        first = _find_overlap_start(range(first, last), lengths, tables, overlap)


def _find_overlap_start(
    before: range, lengths: Sequence[int], tables: Sequence[range], overlap: int
) -> int:
    """The first unit of the last range that the next one repeats: sentences, no rows."""
    shared, at = 0, before.stop
    while at - 1 > before.start and len(tables[at - 1]) == 1:
        shared += lengths[at - 1]
        if shared > overlap:
            break
        at -= 1
    return at


def _find_page_starts(
    starts: list[int], paper: Paper, start: int, end: int
) -> tuple[tuple[int, int], ...]:
    """Which page each part of the chunk stands on."""
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    return tuple(
        (max(starts[at] - start, 0), paper.pages[at].number) for at in range(first, last + 1)
    )
