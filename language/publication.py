"""Who wrote a paper and when, by its first page: authors, year, number at arXiv."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from language.authors import find_author_stretch, find_authors

YEAR = r"((?:19|20)\d\d)(?!\d)"
FIRST_YEAR = 1900
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
NEW_NUMBER = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
OLD_NUMBER = r"[a-z-]+(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
ARXIV_NUMBER = rf"(?:{NEW_NUMBER}|{OLD_NUMBER})"
# The mark that arXiv prints beside page one; what a list of references names has no date behind it.
STAMP = re.compile(
    rf"^\s*arXiv:\s*({ARXIV_NUMBER})(?:v\d+)?\s+(?:\[[\w.-]+\]\s+)?\d{{1,2}}\s+{MONTH}\s+\d{{4}}",
    re.IGNORECASE | re.MULTILINE,
)
# How a line begins that says where a paper was published.
PUBLISHED = re.compile(
    rf"^\W*(?:(?:first )?published (?!by)|presented at|accepted (?:at|to|for|by)|to appear (?:in|at)|appear(?:s|ed) in"
    rf"|(?:in )?proceedings of|findings of|\d+(?:st|nd|rd|th) (?:\w+ ){{0,3}}(?:conference|workshop|symposium|meeting)"
    rf"|발행일|발간일|게재일)(?:[^\n]*?\D)??{YEAR}",
    re.IGNORECASE | re.MULTILINE,
)
COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright|ⓒ)[^\n\d]{{0,20}}{YEAR}", re.IGNORECASE)
# A line that is a date and nothing else.
DATE_LINE = re.compile(
    rf"^\W*(?:(?:date|released|dated|version|released as a preprint)\W+(?:on )?)?(?:"
    rf"{YEAR}\s?[-./]\s?\d{{1,2}}(?:\s?[-./]\s?\d{{1,2}})?|{MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{YEAR}"
    rf"|\d{{1,2}}\s+{MONTH},?\s+{YEAR}|{YEAR}년\s*\d{{1,2}}월(?:호|\s*\d{{1,2}}일)?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)")
# Programs that people write with; others print or mend a file that was written long before.
WRITTEN_WITH = re.compile(
    r"latex|\btex\b|\bword\b|writer|hwp|hancom|indesign|powerpoint|typst|pages", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What is known of a paper beside its title."""

    authors: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str | None = None
    """Its number at arXiv, without the version."""


UNKNOWN = Publication()


def read_publication(title: str, page: str, *, created: str = "", creator: str = "") -> Publication:
    """What the first page says; the year may also be that of the file, made with `creator`."""
    stamp = STAMP.search(page)
    stretch = find_author_stretch(title, page)
    return Publication(
        authors=tuple(find_authors(page[slice(*stretch)])) if stretch else (),
        year=next(_find_years(page, created, creator), None),
        arxiv=stamp[1] if stamp else None,
    )


def find_arxiv_year(number: str) -> int:
    """The year that a number at arXiv was given in: 1706.03762, hep-th/9901001."""
    year = int(number.rpartition("/")[2][:2])
    return year + (1900 if "/" in number and year > 90 else 2000)


def _find_years(page: str, created: str, creator: str) -> Iterator[int]:
    """Years by how sure they are: of the publication, at arXiv, of the rights, of the day, of the file."""
    for year in _list_candidates(page, created, creator):
        if FIRST_YEAR <= year <= datetime.now(UTC).year + 1:
            yield year


def _list_candidates(page: str, created: str, creator: str) -> Iterator[int]:
    if published := PUBLISHED.search(page):
        yield int(published[1])
    if stamp := STAMP.search(page):
        yield find_arxiv_year(stamp[1])
    for known in (COPYRIGHT, DATE_LINE):
        if found := known.search(page):
            yield int(next(filter(None, found.groups())))
    if WRITTEN_WITH.search(creator) and (made := CREATED.match(created)):
        yield int(made[1])
