"""The questions that an empty chat offers: from one's own papers, and the examples' where those are in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from random import Random

from language.catalogue import Language, write_text
from retrieval.store.contents import LibraryContents, Version
from ui.starters.examples import is_example, write_examples
from ui.starters.one_paper import DRAFTS, AskedPaper, draft_starters
from ui.starters.several_papers import draft_common_starters
from ui.starters.shelf import Shelf, open_shelf
from ui.starters.starter import Starter

MAX_STARTERS = 8
# With fewer than these the library itself is asked about as well.
MIN_STARTERS = 4
# So many papers are read for the questions of a day.
MAX_PAPERS_DRAWN = 8
# Beside the examples' questions.
MAX_OWN_BESIDE_EXAMPLES = 6
# Of those that a model wrote.
MAX_WRITTEN = 3
# How many lists are kept: of readers, languages and versions of the library.
KEPT_LISTS = 256


def list_starters(
    library: LibraryContents,
    *,
    papers: Sequence[int] | None = None,
    language: Language = "ko",
    written: Mapping[str, str] | None = None,
    day: date | None = None,
) -> list[Starter]:
    """Four to eight questions, the same for a day and a state of the library; none where it is empty.

    `papers`: the ids of the documents that the reader may see; None: all. `written`: what a model
    has asked, by the SHA-256 of the document.
    """
    if not library.exists():
        return []
    visible = None if papers is None else tuple(sorted(papers))
    asked = tuple(sorted((written or {}).items())) if language == "ko" else ()
    day = day or date.today()
    return list(_list_kept(library.home, library.read_version(), visible, language, asked, day))


@lru_cache(KEPT_LISTS)
def _list_kept(
    home: Path,
    version: Version,
    visible: tuple[int, ...] | None,
    language: Language,
    written: tuple[tuple[str, str], ...],
    day: date,
) -> tuple[Starter, ...]:
    """The list for one state of all that it depends on."""
    shelf = open_shelf(LibraryContents(home), visible)
    if not shelf.documents:
        return ()
    examples = list(write_examples(shelf.documents, language))
    own = _draft_own(shelf, language, dict(written), Random(day.isoformat()))
    most = MAX_OWN_BESIDE_EXAMPLES if examples else MAX_STARTERS
    found = [*islice(own, most), *examples][:MAX_STARTERS]
    if len(found) < MIN_STARTERS:
        question = write_text("starters.list", language=language)
        found.append(Starter(label=question, message=question))
    return tuple(found)


def _draft_own(
    shelf: Shelf, language: Language, written: Mapping[str, str], random: Random
) -> Iterator[Starter]:
    """Questions on the reader's own papers, a few of the day, best first."""
    own = [document for document in shelf.documents if not is_example(document)]
    drawn = random.sample(own, min(len(own), MAX_PAPERS_DRAWN))
    by_model = [written[document.sha256] for document in own if written.get(document.sha256)]
    for question in random.sample(by_model, min(len(by_model), MAX_WRITTEN)):
        yield Starter(label=question, message=question)
    papers = {paper.id: paper for paper in shelf.list_papers()}
    asked = [AskedPaper(papers[document.id], shelf, language, random) for document in drawn]
    on_one = draft_starters(asked)
    yield from islice(on_one, len(DRAFTS) // 2)
    yield from draft_common_starters(asked)
    yield from on_one
