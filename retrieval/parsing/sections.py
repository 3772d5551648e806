"""The sections of a paper: their paths, and which of them is the list of references."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.parsing.headings import APPENDIX, NUMBERED_HEADING, REFERENCES, Heading
from retrieval.parsing.paper import Page, Paper

DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
STEP = " > "
PATH_LENGTH = 160


@dataclass(frozen=True, kw_only=True)
class Section:
    """Where a stretch of a paper begins, and what it is a part of."""

    page: int
    """Its index in the paper's pages."""

    offset: int
    """In that page's text."""

    path: str
    """The headings from the outermost in: 3 Method > 3.1 Depth Up-Scaling."""

    is_reference: bool = False


def find_sections(paper: Paper) -> list[Section]:
    """The sections in the order of the text; the first one begins with the paper."""
    found = [Section(page=0, offset=0, path="")]
    above: list[Heading] = []
    for at, page in enumerate(paper.pages):
        if found[-1].is_reference and not _continues_references(paper.pages[at:], above[-1]):
            # No heading says that the list has ended, but nothing is dated any more.
            found.append(Section(page=at, offset=0, path=""))
        for heading in page.headings:
            if found[-1].is_reference and not _ends_references(heading, above[-1]):
                continue
            above = [*(upper for upper in above if _contains_heading(upper, heading)), heading]
            found.append(
                Section(
                    page=at,
                    offset=heading.offset,
                    path=STEP.join(upper.text for upper in above)[:PATH_LENGTH],
                    is_reference=is_references_heading(heading.text),
                )
            )
    return found


def is_references_heading(heading: str) -> bool:
    """Whether a heading is that of the list of references."""
    numbered = NUMBERED_HEADING.match(heading)
    return bool(REFERENCES.fullmatch(numbered[2] if numbered else heading))


def _contains_heading(upper: Heading, heading: Heading) -> bool:
    """Whether the section of the upper heading goes on; what ends the references is no part."""
    return upper.level < heading.level and not is_references_heading(upper.text)


def _continues_references(pages: Sequence[Page], references: Heading) -> bool:
    """Whether the pages go on with a list of references, up to the section that ends it."""
    for page in pages:
        end = next((h.offset for h in page.headings if _ends_references(h, references)), None)
        if DATED.search(page.text[:end]) or end == 0:
            return True
        if end is not None:
            return False
    return False


def _ends_references(heading: Heading, references: Heading) -> bool:
    """Whether a section begins that is no part of the list of references."""
    return heading.level <= references.level or bool(APPENDIX.match(heading.text))
