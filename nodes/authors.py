"""The authors of a paper, as they stand on its first page."""

from language.authors import find_author_stretch
from retrieval.passages import Evidence, LibraryPaper


def find_author_line(paper: LibraryPaper) -> Evidence | None:
    """What stands between a paper's title and its abstract on page one; None without a name there."""
    if not paper.first:
        return None
    stretch = find_author_stretch(paper.title, paper.first.text)
    if not stretch:
        return None
    words = paper.first.text[slice(*stretch)]
    start = stretch[0] + len(words) - len(words.lstrip())
    return Evidence(passage=paper.first, start=start, end=stretch[0] + len(words.rstrip()))
