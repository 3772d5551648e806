"""Questions on several papers: what two of them have in common, and which speak of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, combinations, islice

from language.catalogue import write_text
from language.names import find_names
from language.terms import stem_words
from nodes.kinds import find_kind
from nodes.library_answers import find_mention
from retrieval.lines import is_table_row
from retrieval.passages import Passage
from retrieval.tables import Table
from ui.starters.one_paper import AskedPaper
from ui.starters.starter import Starter

# What tables measure is named in capitals: MMLU, GSM8K, HumanEval. Hyphens are of models.
MEASURE = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z]{2,14}(?:\d+K)?")
# The answer names all papers, those that speak of it and those that do not.
MAX_PAPERS_TOLD = 30


def draft_common_starters(papers: Sequence[AskedPaper]) -> Iterator[Starter]:
    """The contributions of two papers with a common subject, and who speaks of what several measure."""
    measures = [list_measures(paper.passages) for paper in papers]
    yield from islice((found for pair in _relate(papers, measures) for found in _compare(*pair)), 1)
    shared = sorted(name for name, count in Counter(chain(*measures)).items() if count > 1)
    drawn = papers[0].random.sample(shared, len(shared)) if shared else []
    yield from islice((found for name in drawn for found in _ask_who_mentions(papers, name)), 1)


def _relate(
    papers: Sequence[AskedPaper], measures: Sequence[set[str]]
) -> Iterator[tuple[AskedPaper, AskedPaper]]:
    """The pairs of papers that measure the same or have words of their titles to themselves, nearest first."""
    words = [set(stem_words(paper.paper.title)) for paper in papers]
    often = Counter(chain(*words))
    common = {
        (one, other): len(measures[one] & measures[other])
        + sum(often[word] == 2 for word in words[one] & words[other])
        for one, other in combinations(range(len(papers)), 2)
    }
    for one, other in sorted(common, key=lambda pair: -common[pair]):
        if common[one, other]:
            yield papers[one], papers[other]


def list_measures(passages: Sequence[Passage]) -> set[str]:
    """What the tables of a paper have columns or rows for."""
    tables = [table for passage in passages for table in passage.tables]
    labels = {label for table in tables for label in [*table.heads, *_list_row_labels(table)]}
    return {label for label in labels if MEASURE.fullmatch(label) and find_names(label) == [label]}


def _list_row_labels(table: Table) -> list[str]:
    return [row.label for row in table.rows]


def _compare(first: AskedPaper, second: AskedPaper) -> Iterator[Starter]:
    """The question for what two papers contribute, where sections of both tell that."""
    one, other = (next(paper.list_telling_names(), None) for paper in (first, second))
    if not (one and other):
        return
    write = partial(write_text, "starters.comparison", language=first.language)
    message = write(first=one.quoted, second=other.quoted)
    is_meant = first.shelf.is_meant(message, [first.paper, second.paper])
    is_told = first.has_overview("contributions") and second.has_overview("contributions")
    if is_meant and is_told and find_kind(message) == "contributions":
        yield Starter(label=write(first=one.shown, second=other.shown), message=message)


def _ask_who_mentions(papers: Sequence[AskedPaper], name: str) -> Iterator[Starter]:
    """The question for the papers that speak of a name, where sentences of several do."""
    message = write_text("starters.mentions", language=papers[0].language, name=name)
    mentions = [find_mention([name], paper.passages) for paper in papers]
    spoken = [piece for piece in mentions if piece and not is_table_row(piece.quote)]
    is_short = len(papers[0].shelf.list_papers()) <= MAX_PAPERS_TOLD and len(spoken) > 1
    if is_short and find_kind(message) == "papers_that" and find_names(message) == [name]:
        yield Starter(label=message, message=message)
