"""The authors of a paper, as they stand on its first page."""

import re

from language.quotes import find_quote
from retrieval.passages import Evidence, LibraryPaper

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
EMAIL = re.compile(r"\S*@\S*")


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
