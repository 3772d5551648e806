"""Answers on the library itself, and to greetings: by code, from the ledger and each paper's first page."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from language.abbreviations import list_initials
from language.loanwords import Loanwords
from language.names import count_name, find_names, has_name, list_missing_names
from language.quotes import find_quote
from language.sentences import find_sentences
from nodes.profile import Answer
from nodes.question import Question
from nodes.refusal import Refusal
from retrieval.passages import Evidence, LibraryPaper, Passage

# So many papers are listed; of more, how many there are.
MAX_LISTED = 30
MAX_EXAMPLES = 3
TITLE_LENGTH = 90
# What stands between a title and the abstract.
ABSTRACT = re.compile(
    r"^\W*(?:abstract|초록|요약|1\.?\s+introduction|introduction)\b", re.IGNORECASE | re.MULTILINE
)
# A name of a person or a team: two to five words with capitals, or of Hangul.
PERSON = re.compile(
    r"[A-ZÀ-ÞŁ][\w’'.-]*(?:[ ](?:(?:de|van|von|der|den|del|la|el|bin|al)\b|[A-ZÀ-ÞŁ][\w’'.-]*)){1,4}|[가-힣]{2,4}(?=[\s,·]|$)"
)
INSTITUTION = re.compile(
    r"universit|institut|college|school|department|research|laborator|\blabs?\b|\binc\b|\bltd\b|corp|google|microsoft"
    r"|meta\b|openai|anthropic|\bai\b|deepmind|academ|center|centre|company|team|faculty|hospital|대학|연구|학교|회사",
    re.IGNORECASE,
)
# Words of what authors did with something.
DOES = re.compile(
    r"\b(?:we|our)\b.*\b(?:us|appl|adopt|employ|train|perform|conduct|leverag|utili[sz]|follow|choos|implement)\w*"
    r"|\b(?:is|are|was|were) (?:used|applied|adopted|employed|trained)\b|\b(?:us|adopt|employ|utili[sz])(?:es|ing|ed)\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\S*@\S*")
MAX_AUTHORS = 30
# A paper whose title lacks a name is called by it where its beginning has it so many times as often
# as any other's: the Transformer's.
MORE_OFTEN = 2
FIRST_AUTHOR = re.compile(
    r"제?\s*(?:1|일)\s*저자|첫\s*(?:번째)?\s*저자|\bfirst author\b", re.IGNORECASE
)
HELLO = "안녕하세요! 라이브러리에 있는 논문에 관해 한국어로 물어보시면, 근거가 되는 문장과 쪽을 붙여 답해 드립니다."
WELCOME = "천만에요. 더 궁금한 것이 있으면 언제든지 물어보세요."


class PaperCatalogue(Protocol):
    """What the answers on the library ask of it; `retrieval.search.hybrid.HybridSearch` is one."""

    def list_papers(self) -> Sequence[LibraryPaper]:
        """All papers that can be searched, by name."""

    def list_passages_of(self, paper: LibraryPaper) -> Sequence[Passage]:
        """One paper's passages, in order."""

    def load_loanwords(self) -> Loanwords:
        """The papers' English words by their sound."""


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
    papers = catalogue.list_papers()
    if question.kind == "greeting":
        return Answer(text=_greet(papers), citations=[])
    if question.kind == "list":
        return Answer(text=_list_papers(papers), citations=[])
    if question.kind == "papers_that":
        return _tell_papers_that(find_names(question.asked), papers, catalogue)
    if question.kind == "existence":
        named = _find_named_papers(question.asked, papers, catalogue.load_loanwords())
        return Answer(text=_tell_existence(question.asked, named, papers), citations=[])
    meant = find_meant_papers(question.asked, earlier, catalogue)
    return meant if isinstance(meant, Refusal) else _describe_papers(question, meant)


def find_meant_papers(
    asked: str, earlier: Sequence[str], catalogue: PaperCatalogue
) -> list[LibraryPaper] | Refusal:
    """The papers that a question names, else the latest turn that names one, else the only one."""
    papers, loanwords = catalogue.list_papers(), catalogue.load_loanwords()
    named = _find_named_papers(asked, papers, loanwords)
    names = _list_names(asked, loanwords)
    for turn in [] if named or names else reversed(earlier):
        named = named or _find_named_papers(turn, papers, loanwords)
    if not named and not names and len(papers) == 1:
        return list(papers)
    return named or Refusal(rule="unknown_paper", detail=", ".join(names))


def _greet(papers: Sequence[LibraryPaper]) -> str:
    """A friendly line, and what could be asked of the papers that are there."""
    if not papers:
        return f"{HELLO}\n\n아직 논문이 없습니다. 먼저 PDF를 색인해 주세요."
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
    authors = find_authors(line.quote)
    if FIRST_AUTHOR.search(asked):
        return f"‘{paper.name}’의 제1저자는 {authors[0]}입니다."
    listed = ", ".join(authors[:MAX_AUTHORS])
    more = f" 외 {len(authors) - MAX_AUTHORS}명" if len(authors) > MAX_AUTHORS else ""
    return f"‘{paper.name}’의 1쪽에 적힌 저자는 {listed}{more}입니다."


def find_author_line(paper: LibraryPaper) -> Evidence | None:
    """What stands between a paper's title and its abstract on page one; None without a name there."""
    if not paper.first:
        return None
    text = paper.first.text
    title = find_quote(paper.title, text)
    begin = title[1] if title else 0
    abstract = ABSTRACT.search(text, begin)
    end = abstract.start() if abstract else text.find("\n\n", begin)
    stretch = text[begin:end] if end > begin else ""
    if not find_authors(stretch):
        return None
    start = begin + len(stretch) - len(stretch.lstrip())
    return Evidence(passage=paper.first, start=start, end=begin + len(stretch.rstrip()))


def find_authors(text: str) -> list[str]:
    """The persons that lines below a title name; where it names none, the teams and companies."""
    names = [
        name
        for line in EMAIL.sub(" ", text).splitlines()
        for part in re.split(r"[,;\t·]|\band\b|  +", line)
        for name in PERSON.findall(part.strip())
    ]
    persons = [person for name in names if PERSON.fullmatch(person := _cut_institution(name))]
    return list(dict.fromkeys(persons or names))


def _cut_institution(name: str) -> str:
    """What stands before the first word of an institution: Niki Parmar Google Research."""
    words = name.split()
    first = next((at for at, word in enumerate(words) if INSTITUTION.search(word)), len(words))
    return " ".join(words[:first])


def _find_named_papers(
    asked: str, papers: Sequence[LibraryPaper], loanwords: Loanwords
) -> list[LibraryPaper]:
    """The papers that a text names: by title or file name, by initials, else by their first page."""
    names = _list_names(asked, loanwords)
    by_title = find_papers_by_title(names, papers)
    if by_title or not names:
        return by_title
    counts = {
        at: min(count_name(paper.first.text, name) for name in names)
        for at, paper in enumerate(papers)
        if paper.first
    }
    first, second = (*sorted(counts.values(), reverse=True), 0, 0)[:2]
    speaks_most = [papers[at] for at, count in counts.items() if count == first]
    return speaks_most if first > MORE_OFTEN * second else []


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
    """Whether a name stands in a paper's title or file name, or is the title's first letters."""
    stem = PurePath(paper.document).stem.replace("_", " ")
    initials = list_initials(paper.title.partition(":")[0])
    is_initials = name.isupper() and len(name) > 1 and initials.upper().startswith(name)
    return has_name(paper.title, name) or has_name(stem, name) or is_initials


def _list_names(asked: str, loanwords: Loanwords) -> list[str]:
    """The names of a text, those in Hangul as the papers write them."""
    heard = [
        words[0].word for words in loanwords.find_loanwords(asked).values() if words[0].is_name
    ]
    return [*find_names(asked), *heard]


def _shorten(name: str) -> str:
    return name if len(name) <= TITLE_LENGTH else f"{name[:TITLE_LENGTH].rstrip()}…"
