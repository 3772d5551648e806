"""Answers on the library itself, and to greetings: by code, from the ledger and each paper's first page."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from language.authors import find_authors
from language.catalogue import Text, write_text
from language.names import find_names, list_missing_names
from language.sentences import find_sentences
from nodes.answer_language import CODES
from nodes.authors import find_author_line
from nodes.named_papers import PaperCatalogue, find_meant_papers, find_named_papers
from nodes.profile import Answer
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.whole_table import FoundTable, find_whole_table, tell_whole_table
from retrieval.passages import Evidence, LibraryPaper, Passage

# So many papers are listed; of more, how many there are.
MAX_LISTED = 30
TITLE_LENGTH = 90
# Words of what authors did with something.
DOES = re.compile(
    r"\b(?:we|our)\b.*\b(?:us|appl|adopt|employ|train|perform|conduct|leverag|utili[sz]|follow|choos|implement)\w*"
    r"|\b(?:is|are|was|were) (?:used|applied|adopted|employed|trained)\b|\b(?:us|adopt|employ|utili[sz])(?:es|ing|ed)\b",
    re.IGNORECASE,
)
MAX_AUTHORS = 30
FIRST_AUTHOR = re.compile(
    r"제?\s*(?:1|일)\s*저자|첫\s*(?:번째)?\s*저자|\bfirst author\b", re.IGNORECASE
)
EXAMPLES = (
    "library_answers.ask_topic",
    "library_answers.ask_contributions",
    "library_answers.ask_limits",
)

Say = Callable[..., str]
"""Writes a text of the catalogue in the answer's language."""


def answer_on_library(
    question: Question, earlier: Sequence[str], catalogue: PaperCatalogue
) -> Answer | Refusal:
    """The answer to a question of any kind but what papers say.

    `earlier`: the turns before, latest last, one of which may name the paper that is meant.
    """
    say = partial(write_text, language=CODES[question.language])
    if question.kind == "other":
        return Refusal(rule="not_on_papers")
    if question.kind == "thanks":
        return Answer(text=say("library_answers.welcome"), citations=[])
    if question.kind == "foreign":
        return Answer(text=str(Text("library_answers.other_language")), citations=[])
    papers = catalogue.list_papers()
    if question.kind == "greeting":
        return Answer(text=_greet(papers, say), citations=[])
    if question.kind == "list":
        return Answer(text=_list_papers(papers, say), citations=[])
    if question.kind == "papers_that":
        return _tell_papers_that(find_names(question.asked), papers, catalogue, say)
    if question.kind == "existence":
        named = find_named_papers(question.asked, catalogue)
        return Answer(text=_tell_existence(question.asked, named, papers, say), citations=[])
    if question.kind == "table":
        table = find_whole_table(question.asked, earlier, catalogue)
        if isinstance(table, FoundTable):
            return tell_whole_table(table, question.language)
        return table or Refusal(rule="nothing_found")
    meant = find_meant_papers(question.asked, earlier, catalogue)
    return meant if isinstance(meant, Refusal) else _describe_papers(question, meant, say)


def _greet(papers: Sequence[LibraryPaper], say: Say) -> str:
    """A friendly line, and what could be asked of the papers that are there."""
    hello = say("library_answers.hello")
    if not papers:
        return f"{hello}\n\n{say('library_answers.no_papers')}"
    examples = [
        f"- {say(key, paper=_shorten(paper.name))}"
        for paper, key in zip(papers, EXAMPLES, strict=False)
    ]
    return "\n".join([f"{hello} {say('library_answers.for_example')}", "", *examples])


def _list_papers(papers: Sequence[LibraryPaper], say: Say) -> str:
    """The papers that are there, so many as fit an answer."""
    if not papers:
        return say("library_answers.no_papers")
    listed = [
        f"{number}. {say('library_answers.listed', paper=paper.name, pages=paper.pages)}"
        for number, paper in enumerate(papers[:MAX_LISTED], start=1)
    ]
    left = len(papers) - MAX_LISTED
    more = [say("library_answers.more", count=left)] if left > 0 else []
    return "\n".join([say("library_answers.count", count=len(papers)), "", *listed, *more])


def _tell_existence(
    asked: str, named: Sequence[LibraryPaper], papers: Sequence[LibraryPaper], say: Say
) -> str:
    """Whether the papers that are asked for are there; else what is."""
    if named:
        titles = "\n".join(
            f"- {say('library_answers.listed', paper=paper.name, pages=paper.pages)}"
            for paper in named
        )
        return f"{say('library_answers.there')}\n\n{titles}"
    names = ", ".join(find_names(asked))
    missing = f"{say('library_answers.not_there', names=names)} " if names else ""
    return f"{missing}{_list_papers(papers, say)}"


def _tell_papers_that(
    names: Sequence[str], papers: Sequence[LibraryPaper], catalogue: PaperCatalogue, say: Say
) -> Answer | Refusal:
    """Which papers speak of all names, each with the sentence that does, and which don't."""
    mentions = {
        paper.id: find_mention(names, catalogue.list_passages_of(paper)) for paper in papers
    }
    citations = [piece for piece in mentions.values() if piece]
    if not citations:
        return Refusal(rule="unknown_name", detail=", ".join(names))
    lines = [
        f"- {paper.name}: “{' '.join(piece.quote.split())}” [{citations.index(piece) + 1}]"
        for paper in papers
        if (piece := mentions[paper.id])
    ]
    silent = ", ".join(paper.name for paper in papers if not mentions[paper.id])
    rest = ["", say("library_answers.silent", papers=silent)] if silent else []
    opening = say("library_answers.speaking", names=", ".join(names), count=len(citations))
    return Answer(text="\n".join([opening, "", *lines, *rest]), citations=citations)


def find_mention(names: Sequence[str], passages: Sequence[Passage]) -> Evidence | None:
    """The first sentence that has all names and says that something was done with them, else the first."""
    found = [
        Evidence(passage=passage, start=start, end=end)
        for passage in passages
        if not list_missing_names(names, passage.text, in_full=False)
        for start, end in find_sentences(passage.text)
        if not list_missing_names(names, passage.text[start:end], in_full=False)
    ]
    done = (piece for piece in found if DOES.search(piece.quote))
    return next(done, found[0] if found else None)


def _describe_papers(
    question: Question, named: Sequence[LibraryPaper], say: Say
) -> Answer | Refusal:
    """Pages, titles or authors of papers, one a line."""
    lines, citations = [], []
    for paper in named:
        if question.kind == "pages":
            lines.append(say("library_answers.pages", paper=paper.name, pages=paper.pages))
        elif question.kind == "title":
            lines.append(say("library_answers.title", paper=paper.name))
        elif line := find_author_line(paper):
            citations.append(line)
            told = _tell_authors(question.asked, paper, line, say)
            lines.append(f"{told} [{len(citations)}]")
    if not lines:
        return Refusal(rule="nothing_relevant", detail="")
    return Answer(text="\n".join(lines), citations=citations)


def _tell_authors(asked: str, paper: LibraryPaper, line: Evidence, say: Say) -> str:
    authors = paper.authors or find_authors(line.quote)
    if FIRST_AUTHOR.search(asked):
        return say("library_answers.first_author", paper=paper.name, author=authors[0])
    listed = ", ".join(authors[:MAX_AUTHORS])
    if left := authors[MAX_AUTHORS:]:
        listed = say("library_answers.more_authors", authors=listed, count=len(left))
    return say("library_answers.authors", paper=paper.name, authors=listed)


def _shorten(name: str) -> str:
    return name if len(name) <= TITLE_LENGTH else f"{name[:TITLE_LENGTH].rstrip()}…"
