"""Answers on the library itself, and to greetings: by code, from the ledger and each paper's first page."""

import re
from collections.abc import Sequence

from language.authors import find_authors
from language.names import find_names, list_missing_names
from language.sentences import find_sentences
from nodes.authors import find_author_line
from nodes.named_papers import PaperCatalogue, find_meant_papers, find_named_papers
from nodes.profile import Answer
from nodes.question import Question
from nodes.refusal import Refusal
from nodes.whole_table import FoundTable, find_whole_table, tell_whole_table
from retrieval.passages import Evidence, LibraryPaper, Passage

# So many papers are listed; of more, how many there are.
MAX_LISTED = 30
MAX_EXAMPLES = 3
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
HELLO = "안녕하세요! 라이브러리에 있는 논문에 관해 한국어로 물어보시면, 근거가 되는 문장과 쪽을 붙여 답해 드립니다."
NO_PAPERS = "라이브러리에 아직 논문이 없습니다. 먼저 PDF를 색인해 주세요."
OTHER_LANGUAGE = "한국어나 영어로 물어봐 주세요. (Please ask in Korean or English.)"
WELCOME = "천만에요. 더 궁금한 것이 있으면 언제든지 물어보세요."


def answer_on_library(
    question: Question, earlier: Sequence[str], catalogue: PaperCatalogue
) -> Answer | Refusal:
    """The answer to a question of any kind but what papers say.

    `earlier`: the turns before, latest last, one of which may name the paper that is meant.
    """
    if question.kind == "other":
        return Refusal(rule="not_on_papers")
    if question.kind == "thanks":
        return Answer(text=WELCOME, citations=[])
    if question.kind == "foreign":
        return Answer(text=OTHER_LANGUAGE, citations=[])
    papers = catalogue.list_papers()
    if question.kind == "greeting":
        return Answer(text=_greet(papers), citations=[])
    if question.kind == "list":
        return Answer(text=_list_papers(papers), citations=[])
    if question.kind == "papers_that":
        return _tell_papers_that(find_names(question.asked), papers, catalogue)
    if question.kind == "existence":
        named = find_named_papers(question.asked, catalogue)
        return Answer(text=_tell_existence(question.asked, named, papers), citations=[])
    if question.kind == "table":
        table = find_whole_table(question.asked, earlier, catalogue)
        if isinstance(table, FoundTable):
            return tell_whole_table(table, question.language)
        return table or Refusal(rule="nothing_found")
    meant = find_meant_papers(question.asked, earlier, catalogue)
    return meant if isinstance(meant, Refusal) else _describe_papers(question, meant)


def _greet(papers: Sequence[LibraryPaper]) -> str:
    """A friendly line, and what could be asked of the papers that are there."""
    if not papers:
        return f"{HELLO}\n\n{NO_PAPERS}"
    asked = (
        "은(는) 무엇을 다룬 논문인가요?",
        "의 주요 기여는 무엇인가요?",
        "이(가) 밝힌 한계는 무엇인가요?",
    )
    examples = [
        f"- {_shorten(paper.name)}{question}"
        for paper, question in zip(papers[:MAX_EXAMPLES], asked, strict=False)
    ]
    return "\n".join([f"{HELLO} 예를 들면 이렇게 물어보세요.", "", *examples])


def _list_papers(papers: Sequence[LibraryPaper]) -> str:
    """The papers that are there, so many as fit an answer."""
    if not papers:
        return NO_PAPERS
    listed = [
        f"{number}. {paper.name} ({paper.pages}쪽)"
        for number, paper in enumerate(papers[:MAX_LISTED], start=1)
    ]
    more = [f"… 외 {len(papers) - MAX_LISTED}편"] if len(papers) > MAX_LISTED else []
    return "\n".join([f"라이브러리에 논문 {len(papers)}편이 있습니다.", "", *listed, *more])


def _tell_existence(
    asked: str, named: Sequence[LibraryPaper], papers: Sequence[LibraryPaper]
) -> str:
    """Whether the papers that are asked for are there; else what is."""
    if named:
        titles = "\n".join(f"- {paper.name} ({paper.pages}쪽)" for paper in named)
        return f"네, 있습니다.\n\n{titles}"
    names = ", ".join(find_names(asked))
    missing = f"아니요, 라이브러리에 {names} 논문은 없습니다. " if names else ""
    return f"{missing}{_list_papers(papers)}"


def _tell_papers_that(
    names: Sequence[str], papers: Sequence[LibraryPaper], catalogue: PaperCatalogue
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
    silent = [paper.name for paper in papers if not mentions[paper.id]]
    rest = ["", f"말하지 않는 논문: {', '.join(silent)}"] if silent else []
    opening = f"{', '.join(names)}에 관해 말하는 논문은 {len(citations)}편입니다."
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


def _describe_papers(question: Question, named: Sequence[LibraryPaper]) -> Answer | Refusal:
    """Pages, titles or authors of papers, one a line."""
    lines, citations = [], []
    for paper in named:
        if question.kind == "pages":
            lines.append(f"‘{paper.name}’은(는) 모두 {paper.pages}쪽입니다.")
        elif question.kind == "title":
            lines.append(f"제목은 ‘{paper.name}’입니다.")
        elif line := find_author_line(paper):
            citations.append(line)
            lines.append(f"{_tell_authors(question.asked, paper, line)} [{len(citations)}]")
    if not lines:
        return Refusal(rule="nothing_relevant", detail="")
    return Answer(text="\n".join(lines), citations=citations)


def _tell_authors(asked: str, paper: LibraryPaper, line: Evidence) -> str:
    authors = paper.authors or find_authors(line.quote)
    if FIRST_AUTHOR.search(asked):
        return f"‘{paper.name}’의 제1저자는 {authors[0]}입니다."
    listed = ", ".join(authors[:MAX_AUTHORS])
    more = f" 외 {len(authors) - MAX_AUTHORS}명" if len(authors) > MAX_AUTHORS else ""
    return f"‘{paper.name}’의 1쪽에 적힌 저자는 {listed}{more}입니다."


def _shorten(name: str) -> str:
    return name if len(name) <= TITLE_LENGTH else f"{name[:TITLE_LENGTH].rstrip()}…"
