"""Which papers of the library a question means, by the names in it."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from language.abbreviations import list_initials
from language.loanwords import Loanwords
from language.names import count_name, find_family, find_names, has_name
from nodes.refusal import Refusal
from retrieval.passages import LibraryPaper, Passage

# A paper whose title lacks a name is called by it where its first page has it, and the whole of it so many
# times as often as any other with such a page: the Transformer's. A name that more begin with calls none.
MORE_OFTEN = 2
MAX_SPEAKING = 20


class PaperCatalogue(Protocol):
    """The papers that a run may read; `retrieval.search.hybrid.HybridSearch` is one."""

    def list_papers(self) -> Sequence[LibraryPaper]:
        """All papers that can be searched, by name."""

    def list_titles(self) -> Sequence[str]:
        """Their titles."""

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        """One paper's passages, in order."""

    def load_loanwords(self) -> Loanwords:
        """The papers' English words by their sound."""


def find_meant_papers(
    asked: str, earlier: Sequence[str], catalogue: PaperCatalogue
) -> list[LibraryPaper] | Refusal:
    """The papers that a question names, else the latest turn that names one, else the only one."""
    papers, names = catalogue.list_papers(), _list_names(asked, catalogue.load_loanwords())
    named = find_named_papers(asked, catalogue)
    for turn in [] if named or names else reversed(earlier):
        named = named or find_named_papers(turn, catalogue)
    if not named and not names and len(papers) == 1:
        return list(papers)
    return named or Refusal(rule="unknown_paper", detail=", ".join(names))


def find_named_papers(asked: str, catalogue: PaperCatalogue) -> list[LibraryPaper]:
    """The papers that a text names: by title or file name, by initials, else by what they speak of most."""
    papers, names = catalogue.list_papers(), _list_names(asked, catalogue.load_loanwords())
    by_title = find_papers_by_title(names, papers)
    if by_title or not names:
        return by_title
    speaking = [
        paper
        for paper in papers
        if paper.first and all(has_name(paper.first.text, name) for name in names)
    ]
    if len(speaking) > MAX_SPEAKING:
        return []
    counts = [_count_names(names, paper, catalogue) for paper in speaking]
    first, second = (*sorted(counts, reverse=True), 0, 0)[:2]
    is_told_apart = first > MORE_OFTEN * second
    return [speaking[counts.index(first)]] if speaking and is_told_apart else []


def _count_names(names: Sequence[str], paper: LibraryPaper, catalogue: PaperCatalogue) -> int:
    """How often a paper has the rarest of the names."""
    text = "\n".join(passage.text for passage in catalogue.list_passages_of(paper))
    return min(count_name(text, name) for name in names)


def find_papers_by_title(
    names: Sequence[str], papers: Sequence[LibraryPaper]
) -> list[LibraryPaper]:
    """The papers that have one of the names in their titles or file names.

    By names that only one has, where there are such: "Language" is in most titles on language models.
    """
    alone = find_compared_papers(names, papers)
    return alone or [paper for paper in papers if any(_is_called(paper, name) for name in names)]


def find_compared_papers(
    names: Sequence[str], papers: Sequence[LibraryPaper]
) -> list[LibraryPaper]:
    """The papers that some name tells from all others: several, where a question compares them."""
    called = [[paper for paper in papers if _is_called(paper, name)] for name in names]
    meant = {some[0].id for some in called if len(some) == 1}
    return [paper for paper in papers if paper.id in meant]


def _is_called(paper: LibraryPaper, name: str) -> bool:
    """Whether a name, or its family (phi-3), stands in a paper's title or file name, or is its initials."""
    stem = PurePath(paper.document).stem.replace("_", " ")
    initials = list_initials(paper.title.partition(":")[0])
    is_initials = name.isupper() and len(name) > 1 and initials.upper().startswith(name)
    spelt = [one for one in (name, find_family(name)) if one]
    return is_initials or any(has_name(text, one) for text in (paper.title, stem) for one in spelt)


def _list_names(asked: str, loanwords: Loanwords) -> list[str]:
    """The names of a text, those in Hangul as the papers write them."""
    heard = [
        words[0].word for words in loanwords.find_loanwords(asked).values() if words[0].is_name
    ]
    return [*find_names(asked), *heard]
